import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { newDisruptionPage, sendDisruption } from './pages/new.tsx'
import { disruptionPage, sendStep } from './pages/one.tsx'

const who = workers
const looks = 'disruption read'
const base = '/people/:id/disruption'

export const disruptionRoutes: readonly Route[] = [
  { method: 'get', path: `${base}/new`, who, page: newDisruptionPage, looks },
  { method: 'post', path: `${base}/new`, who, page: sendDisruption },
  { method: 'get', path: `${base}/:disruption`, who, page: disruptionPage, looks },
  { method: 'post', path: `${base}/:disruption`, who, page: sendStep },
]
