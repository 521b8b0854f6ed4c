import { workers as who } from '../subjects/index.ts'
import type { Route } from '../web/index.ts'
import { chronologyPage, sendChronology } from './pages/chronology.tsx'
import { assessmentRoutes } from './assessment/routes.ts'
import { personPage } from './pages/person.tsx'
import { contextRoutes } from './contexts/routes.ts'
import { closureRoutes } from './closure/routes.ts'
import { missingRoutes } from './missing/routes.ts'
import { panelRoutes } from './panels/routes.ts'
import { disruptionRoutes } from './disruption/routes.ts'
import { packRoutes } from './packs/routes.ts'
import { planRoutes } from './plan/routes.ts'
import { boundaryRoutes } from './boundary/routes.ts'
import { gapRoutes } from './gaps/routes.ts'
import { thresholdRoutes } from './thresholds/routes.ts'
import { transitionRoutes } from './transition/routes.ts'

export const routes: readonly Route[] = [
  { method: 'get', path: '/people/:id', who, page: personPage, looks: 'person opened' },
  { method: 'get', path: '/people/:id/chronology', who, page: chronologyPage, looks: 'chronology read' },
  { method: 'post', path: '/people/:id/chronology', who, page: sendChronology, looks: 'chronology read' },
  ...planRoutes,
  ...closureRoutes,
  ...assessmentRoutes,
  ...transitionRoutes,
  ...missingRoutes,
  ...panelRoutes,
  ...contextRoutes,
  ...thresholdRoutes,
  ...boundaryRoutes,
  ...gapRoutes,
  ...packRoutes,
  ...disruptionRoutes,
]
