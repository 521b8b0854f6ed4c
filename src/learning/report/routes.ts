import type { Route } from '../../web/index.ts'
import { changePage, sendChange } from './pages/change.tsx'
import { checkPage, sendCheck } from './pages/check.tsx'
import { commentsPage, sendAnswer, sendComment } from './pages/comments.tsx'
import { hubPage } from './pages/hub.tsx'
import { listPage } from './pages/list.tsx'
import { newPage, sendNew } from './pages/new.tsx'
import { partPage, sendPart } from './pages/part.tsx'
import { publishPage, sendPublish, sendWithdraw } from './pages/publish.tsx'
import { sendConsent, sendNaming, sendSign, signPage } from './pages/sign.tsx'
import { versionsPage } from './pages/versions.tsx'

const reports = '/learning/reports'
const report = `${reports}/:id`

/** Of reports the rules of the rows decide: a learning lead has those of the partnership, anybody else those of their projects. */
export const reportRoutes: readonly Route[] = [
  { method: 'get', path: reports, page: listPage, who: 'signed in' },
  { method: 'get', path: `${reports}/new`, page: newPage, who: 'signed in' },
  { method: 'post', path: `${reports}/new`, page: sendNew, who: 'signed in' },
  { method: 'get', path: report, page: hubPage, who: 'signed in' },
  { method: 'get', path: `${report}/write/:part`, page: partPage, who: 'signed in' },
  { method: 'post', path: `${report}/write/:part`, page: sendPart, who: 'signed in' },
  { method: 'get', path: `${report}/versions`, page: versionsPage, who: 'signed in' },
  { method: 'get', path: `${report}/comments`, page: commentsPage, who: 'signed in' },
  { method: 'post', path: `${report}/comments`, page: sendComment, who: 'signed in' },
  { method: 'post', path: `${report}/comments/:comment`, page: sendAnswer, who: 'signed in' },
  { method: 'get', path: `${report}/changes/:change`, page: changePage, who: 'signed in' },
  { method: 'post', path: `${report}/changes/:change`, page: sendChange, who: 'signed in' },
  { method: 'get', path: `${report}/sign`, page: signPage, who: 'signed in' },
  { method: 'post', path: `${report}/sign`, page: sendSign, who: 'signed in' },
  { method: 'post', path: `${report}/consent`, page: sendConsent, who: 'signed in' },
  { method: 'post', path: `${report}/signatures/:signature`, page: sendNaming, who: 'signed in' },
  { method: 'get', path: `${report}/check`, page: checkPage, who: 'signed in' },
  { method: 'post', path: `${report}/check`, page: sendCheck, who: 'signed in' },
  { method: 'get', path: `${report}/publish`, page: publishPage, who: 'signed in' },
  { method: 'post', path: `${report}/publish`, page: sendPublish, who: 'signed in' },
  { method: 'post', path: `${report}/withdraw`, page: sendWithdraw, who: 'signed in' },
]
