import { workers as who } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { answerPage, sendAnswer } from './pages/answer.tsx'
import { assessmentPage } from './pages/assessment.tsx'
import { assessmentsPage } from './pages/assessments.tsx'
import { checkPage, sendCheck } from './pages/check.tsx'
import { newPage, sendNew } from './pages/new.tsx'
import { partPage, sendPart } from './pages/part.tsx'
import { printPage } from './pages/print.tsx'

const looks = 'assessment read'
const one = '/people/:id/assessments/:assessment'

export const assessmentRoutes: readonly Route[] = [
  { method: 'get', path: '/people/:id/assessments', who, page: assessmentsPage, looks },
  { method: 'get', path: '/people/:id/assessments/new', who, page: newPage, looks: 'assessment form opened' },
  { method: 'post', path: '/people/:id/assessments/new', who, page: sendNew },
  { method: 'get', path: one, who, page: assessmentPage, looks },
  { method: 'get', path: `${one}/check`, who, page: checkPage, looks },
  { method: 'post', path: `${one}/check`, who, page: sendCheck },
  { method: 'get', path: `${one}/print`, who, page: printPage, looks },
  { method: 'get', path: `${one}/:part`, who, page: partPage, looks },
  { method: 'post', path: `${one}/:part`, who, page: sendPart },
  { method: 'get', path: `${one}/:part/:answer`, who, page: answerPage, looks },
  { method: 'post', path: `${one}/:part/:answer`, who, page: sendAnswer },
]
