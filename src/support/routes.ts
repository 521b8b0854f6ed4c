import { workers as who } from '../subjects/index.ts'
import type { Route } from '../web/index.ts'
import { personPage } from './pages/person.tsx'

export const routes: readonly Route[] = [
  { method: 'get', path: '/people/:id', who, page: personPage, looks: 'person opened' },
]
