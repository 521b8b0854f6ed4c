import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { closePage, sendClose } from './pages/close.tsx'
import { sendStepDown, sendStepUp, stepDownPage, stepUpPage } from './pages/ladder.tsx'
import { sendNoticesRead } from './pages/notices.tsx'
import { reopenPage, sendReopen } from './pages/reopen.tsx'
import { secondPage, sendSecondAnswer } from './pages/second.tsx'

const who = workers
const looks = 'plan read'
const base = '/people/:id/plan'

export const closureRoutes: readonly Route[] = [
  { method: 'post', path: '/actions/read', who: 'signed in', page: sendNoticesRead },
  { method: 'get', path: `${base}/step-down`, who, page: stepDownPage, looks },
  { method: 'post', path: `${base}/step-down`, who, page: sendStepDown },
  { method: 'get', path: `${base}/step-up`, who, page: stepUpPage, looks },
  { method: 'post', path: `${base}/step-up`, who, page: sendStepUp },
  { method: 'get', path: `${base}/close`, who, page: closePage, looks },
  { method: 'post', path: `${base}/close`, who, page: sendClose },
  { method: 'get', path: `${base}/close/second`, who, page: secondPage, looks },
  { method: 'post', path: `${base}/close/second`, who, page: sendSecondAnswer },
  { method: 'get', path: `${base}/reopen`, who, page: reopenPage, looks },
  { method: 'post', path: `${base}/reopen`, who, page: sendReopen },
]
