import type { Route } from '../web/index.ts'
import { adoptionRoutes } from './adoption/routes.ts'
import { frontLineRoutes } from './front-line/routes.ts'
import { libraryRoutes } from './library/routes.ts'
import { projectRoutes } from './project/routes.ts'
import { documentRoutes } from './report/documents/routes.ts'
import { readingRoutes } from './reading/routes.ts'
import { reportRoutes } from './report/routes.ts'

export const routes: readonly Route[] = [
  ...projectRoutes,
  ...reportRoutes,
  ...documentRoutes,
  ...readingRoutes,
  ...libraryRoutes,
  ...adoptionRoutes,
  ...frontLineRoutes,
]
