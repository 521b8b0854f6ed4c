import type { Role } from '../../platform/index.ts'
import type { Handler, Route } from '../../web/index.ts'
import { actionPages, newActionPages } from './pages/action.tsx'
import { agreementPages } from './pages/agreement.tsx'
import { aimsPage, writeAimsPages } from './pages/aims.tsx'
import { applyPage, sendAgreementEnded } from './pages/apply.tsx'
import { differencePages, newDifferencePages } from './pages/difference.tsx'
import { projectHub, sendBack, sendOn } from './pages/hub.tsx'
import { conversationPages, newLeaderPages, sendLeaderEnded } from './pages/leader.tsx'
import { projectsPage } from './pages/list.tsx'
import { changePages, newEntryPages } from './pages/log-forms.tsx'
import { logPage } from './pages/log.tsx'
import { newProjectPage, sendNewProject } from './pages/new.tsx'
import { newSessionPages } from './pages/new-session.tsx'
import { handOverPage, peoplePage, sendHandOver, sendPerson } from './pages/people.tsx'
import { scopingPage } from './pages/scoping.tsx'
import { groupPages, linePages } from './pages/session-forms.tsx'
import { sessionPage } from './pages/session.tsx'
import { sessionsPage } from './pages/sessions.tsx'
import { specificationPage } from './pages/specification.tsx'
import { newSponsorPage, sendNewSponsor, sendSponsor, sendSponsorEnded, sponsorPage } from './pages/sponsor.tsx'
import { writeApplicationPages } from './pages/write-application.tsx'
import { writeSpecificationPages } from './pages/write-specification.tsx'

const learning: readonly Role[] = ['learning']
// Whoever was named on a project reads it whatever their job is; the gate of each page asks, and answers 404.
const shown = (path: string, page: Handler): Route => ({
  method: 'get',
  path: `/projects${path}`,
  who: 'signed in',
  page,
})
const sent = (path: string, page: Handler): Route => ({
  method: 'post',
  path: `/projects${path}`,
  who: 'signed in',
  page,
})
const form = (path: string, { get, post }: { get: Handler; post: Handler }): Route[] => [
  shown(path, get),
  sent(path, post),
]

export const projectRoutes: readonly Route[] = [
  shown('', projectsPage),
  { ...shown('/new', newProjectPage), who: learning },
  { ...sent('/new', sendNewProject), who: learning },
  shown('/:project', projectHub),
  sent('/:project/on', sendOn),
  sent('/:project/back', sendBack),
  shown('/:project/people', peoplePage),
  sent('/:project/people', sendPerson),
  ...form('/:project/people/hand-over', { get: handOverPage, post: sendHandOver }),

  shown('/:project/apply', applyPage),
  ...form('/:project/apply/write', writeApplicationPages),
  ...form('/:project/apply/agreement', agreementPages),
  sent('/:project/apply/ended', sendAgreementEnded),

  shown('/:project/scoping', scopingPage),
  ...form('/:project/scoping/leaders', newLeaderPages),
  ...form('/:project/scoping/leaders/:leader', conversationPages),
  sent('/:project/scoping/leaders/:leader/ended', sendLeaderEnded),
  ...form('/:project/scoping/differences', newDifferencePages),
  ...form('/:project/scoping/differences/:difference', differencePages),

  shown('/:project/specification', specificationPage),
  ...form('/:project/specification/write', writeSpecificationPages),
  shown('/:project/aims', aimsPage),
  ...form('/:project/aims/write', writeAimsPages),
  ...form('/:project/specification/sponsors', { get: newSponsorPage, post: sendNewSponsor }),
  ...form('/:project/specification/sponsors/:sponsor', { get: sponsorPage, post: sendSponsor }),
  sent('/:project/specification/sponsors/:sponsor/ended', sendSponsorEnded),

  shown('/:project/sessions', sessionsPage),
  ...form('/:project/sessions/new', newSessionPages),
  shown('/:project/sessions/:session', sessionPage),
  ...form('/:project/sessions/:session/groups', groupPages),
  ...form('/:project/sessions/:session/lines', linePages),
  ...form('/:project/sessions/:session/actions', newActionPages),
  ...form('/:project/actions/new', newActionPages),
  ...form('/:project/actions/:action', actionPages),

  shown('/:project/log', logPage),
  ...form('/:project/log/new', newEntryPages),
  ...form('/:project/log/:entry', changePages),
]
