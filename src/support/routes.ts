import { workers as who } from '../subjects/index.ts'
import type { Route } from '../web/index.ts'
import { personPage } from './pages/person.tsx'
import { planRoutes } from './plan/routes.ts'

export const routes: readonly Route[] = [
  { method: 'get', path: '/people/:id', who, page: personPage, looks: 'person opened' },
  ...planRoutes,
]
