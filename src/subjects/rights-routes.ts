import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { workers } from './approach.ts'
import { answerDisputePage, disputedPage, sendAnswerDispute, sendDisputed } from './pages/disputed.tsx'
import { erasePage, erasurePage, sendErase, sendErasure } from './pages/erase.tsx'
import { holdPage, liftHoldPage, sendHold, sendLiftHold } from './pages/hold.tsx'
import { conflictsPage, liftConflictPage, sendLiftConflict } from './pages/conflicts.tsx'
import { lookedForThePersonPage } from './pages/looked-for-the-person.tsx'
import { lookedPage } from './pages/looked.tsx'
import { looksPage } from './pages/looks.tsx'
import { answerPage, sendAnswer } from './pages/retention-answer.tsx'
import { retentionPage } from './pages/retention.tsx'
import { newRulePage, rulePage, sendNewRule, sendRule } from './pages/rule.tsx'
import { rulesPage } from './pages/rules.tsx'
import { sendTooClose, tooCloseDonePage, tooClosePage } from './pages/too-close.tsx'

const signedIn = 'signed in' as const
const guardian: readonly Role[] = ['guardian']
const manager: readonly Role[] = ['manager']
const answers: readonly Role[] = ['manager', 'guardian']
const rulesRead: readonly Role[] = ['manager', 'guardian', 'administrator']
const rulesKept: readonly Role[] = ['guardian', 'administrator']
const disputed = '/people/:id/entries/:entry/disputed'
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
  { method: 'get', path: '/retention/rules', who: rulesRead, page: rulesPage },
  { method: 'get', path: '/retention/rules/new', who: rulesKept, page: newRulePage },
  { method: 'post', path: '/retention/rules/new', who: rulesKept, page: sendNewRule },
  { method: 'get', path: '/retention/rules/:rule', who: rulesKept, page: rulePage },
  { method: 'post', path: '/retention/rules/:rule', who: rulesKept, page: sendRule },
  { method: 'get', path: '/people/:id/erase', who: answers, page: erasePage, looks: 'erasure read' },
  { method: 'post', path: '/people/:id/erase', who: answers, page: sendErase },
  { method: 'get', path: '/people/:id/erase/:erasure', who: answers, page: erasurePage, looks: 'erasure read' },
  { method: 'post', path: '/people/:id/erase/:erasure', who: answers, page: sendErasure },
  { method: 'get', path: '/retention/:proposal', who: answers, page: answerPage },
  { method: 'post', path: '/retention/:proposal', who: answers, page: sendAnswer },
  { method: 'get', path: '/retention/holds/:hold', who: answers, page: liftHoldPage, looks: 'legal hold read' },
  { method: 'post', path: '/retention/holds/:hold', who: answers, page: sendLiftHold },
  { method: 'get', path: '/people/:id/hold', who: answers, page: holdPage, looks: 'legal hold read' },
  { method: 'post', path: '/people/:id/hold', who: answers, page: sendHold },
  { method: 'get', path: disputed, who: workers, page: disputedPage, looks: 'entry read' },
  { method: 'post', path: disputed, who: workers, page: sendDisputed },
  { method: 'get', path: `${disputed}/:dispute`, who: workers, page: answerDisputePage, looks: 'entry read' },
  { method: 'post', path: `${disputed}/:dispute`, who: workers, page: sendAnswerDispute },
  { method: 'get', path: '/looks', who: guardian, page: looksPage },
]
