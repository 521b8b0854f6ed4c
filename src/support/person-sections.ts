import type { PersonSection } from './person-section.ts'
import { assessmentsHere } from './assessment/pages/section.tsx'
import { missingHere } from './missing/pages/section.tsx'
import { contextsOfPersonHere } from './contexts/pages/sections/of-person.tsx'
import { packsHere } from './packs/pages/section.tsx'
import { planHere } from './plan/pages/section.tsx'
import { whoMattersHere } from './pages/person/who-matters-here.tsx'
import { next } from './pages/person/next.tsx'
import { gapsHere } from './gaps/pages/section.tsx'
import { eighteenHere } from './transition/pages/section.tsx'
import { whatHappenedHere } from './pages/person/what-happened.tsx'
import { whoTheyAreHere } from './pages/person/who-they-are.tsx'

/** What the page of a person says, from the top down. */
export const personSections: readonly PersonSection[] = [
  next,
  missingHere,
  whoMattersHere,
  planHere,
  eighteenHere,
  assessmentsHere,
  contextsOfPersonHere,
  gapsHere,
  packsHere,
  whatHappenedHere,
  whoTheyAreHere,
]
