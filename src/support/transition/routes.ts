import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { eighteenPage, sendCircumstances } from './pages/eighteen.tsx'
import { ownersPage, sendOwner } from './pages/owners.tsx'
import { sendTask, taskPage } from './pages/task.tsx'

const who = workers
const looks = 'through 18 read'
const base = '/people/:id/eighteen'

export const transitionRoutes: readonly Route[] = [
  { method: 'get', path: base, who, page: eighteenPage, looks },
  { method: 'post', path: base, who, page: sendCircumstances },
  { method: 'get', path: `${base}/owners`, who, page: ownersPage, looks },
  { method: 'post', path: `${base}/owners`, who, page: sendOwner },
  { method: 'get', path: `${base}/tasks/:task`, who, page: taskPage, looks },
  { method: 'post', path: `${base}/tasks/:task`, who, page: sendTask },
]
