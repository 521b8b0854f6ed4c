import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { conflictsPage, liftConflictPage, sendLiftConflict } from './pages/conflicts.tsx'
import { lookedForThePersonPage } from './pages/looked-for-the-person.tsx'
import { lookedPage } from './pages/looked.tsx'
import { looksPage } from './pages/looks.tsx'
import { answerPage, sendAnswer, sendLiftHold } from './pages/retention-answer.tsx'
import { retentionPage } from './pages/retention.tsx'
import { sendTooClose, tooCloseDonePage, tooClosePage } from './pages/too-close.tsx'

const signedIn = 'signed in' as const
const guardian: readonly Role[] = ['guardian']
const manager: readonly Role[] = ['manager']
const answers: readonly Role[] = ['manager', 'guardian']
const printed = 'who has looked printed'

/** What is kept about those who look, and what a person has a right to. */
export const rightsRoutes: readonly Route[] = [
  { method: 'get', path: '/people/:id/looked', who: signedIn, page: lookedPage, looks: 'who has looked read' },
  {
    method: 'get',
    path: '/people/:id/looked/for-the-person',
    who: signedIn,
    page: lookedForThePersonPage,
    looks: printed,
  },
  { method: 'get', path: '/people/:id/too-close', who: signedIn, page: tooClosePage },
  { method: 'post', path: '/people/:id/too-close', who: signedIn, page: sendTooClose },
  { method: 'get', path: '/too-close/done', who: signedIn, page: tooCloseDonePage },
  { method: 'get', path: '/conflicts', who: manager, page: conflictsPage },
  { method: 'get', path: '/conflicts/:conflict', who: manager, page: liftConflictPage },
  { method: 'post', path: '/conflicts/:conflict', who: manager, page: sendLiftConflict },
  { method: 'get', path: '/retention', who: answers, page: retentionPage },
  { method: 'get', path: '/retention/:proposal', who: answers, page: answerPage },
  { method: 'post', path: '/retention/:proposal', who: answers, page: sendAnswer },
  { method: 'post', path: '/retention/holds/:hold/lift', who: answers, page: sendLiftHold },
  { method: 'get', path: '/looks', who: guardian, page: looksPage },
]
