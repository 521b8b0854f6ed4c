import type { PersonSection } from '../person-section.ts'
import { next } from '../pages/person/next.tsx'
import { whatHappenedHere } from '../pages/person/what-happened.tsx'
import { concernsHere } from './pages/sections/concerns.tsx'
import { knownHere } from './pages/sections/known.tsx'
import { mapHere } from './pages/sections/map.tsx'
import { peopleHere } from './pages/sections/people.tsx'
import { planHere } from './pages/sections/plan.tsx'

/** What the page of a place, a group or an online space says, from the top down. */
export const contextSections: readonly PersonSection[] = [
  next,
  concernsHere,
  knownHere,
  mapHere,
  planHere,
  peopleHere,
  whatHappenedHere,
]
