import type { Route } from '../web/index.ts'
import { accessRoutes } from './access-routes.ts'
import { alertRoutes } from './alert-routes.ts'
import { workers } from './approach.ts'
import { meetingRoutes } from './meetings/routes.ts'
import { addPage, sendAdd } from './pages/add.tsx'
import { entryPage, sendEntry } from './pages/entry.tsx'
import { changeIdentityPage, sendChangeIdentity } from './pages/change-identity.tsx'
import { circleAddPage, sendCircleAdd } from './pages/circle-add.tsx'
import { circleEndPage, sendCircleEnd } from './pages/circle-end.tsx'
import { namePage, sendName } from './pages/circle-name.tsx'
import { handOnPage, sendHandOn } from './pages/hand-on.tsx'
import { sendGlass, sendGlassEnd } from './pages/glass-door.tsx'
import { reviews, sendReview } from './pages/reviews.tsx'
import { findPage, sendFind } from './pages/find.tsx'
import { involvedPage, sendInvolved } from './pages/involved.tsx'
import { namesPage, sendNames } from './pages/names.tsx'
import { newPage, sendNew } from './pages/new.tsx'
import { people, sendTold } from './pages/people.tsx'
import { sealedLeftPage, sendSealedLeft } from './pages/sealed-left.tsx'
import { purposePage, sendPurpose } from './pages/purpose.tsx'
import { secondPage, secondsPage, sendSecond } from './pages/second.tsx'
import { sendShare, sharePage } from './pages/share.tsx'
import { sharedPage } from './pages/shared.tsx'
import { sendWarning, warningPage } from './pages/warning.tsx'
import { sendWarnings, warningsPage } from './pages/warnings.tsx'
import { wayRoutes } from './own/routes.ts'
import { matterRoutes } from './relationships/routes.ts'
import { rightsRoutes } from './rights-routes.ts'
import { storyRoutes } from './story/routes.ts'
import { voiceRoutes } from './voice/routes.ts'

const who = workers
const seen = 'who is involved seen'

export const routes: readonly Route[] = [
  { method: 'get', path: '/people', who, page: people },
  { method: 'post', path: '/people', who, page: sendTold },
  { method: 'get', path: '/people/find', who, page: findPage },
  { method: 'post', path: '/people/find', who, page: sendFind },
  { method: 'get', path: '/people/new', who, page: newPage },
  { method: 'post', path: '/people/new', who, page: sendNew },
  { method: 'get', path: '/people/reviews', who, page: reviews },
  { method: 'post', path: '/people/reviews/:glass', who, page: sendReview },
  { method: 'get', path: '/people/sealed', who: ['manager'], page: sealedLeftPage },
  { method: 'post', path: '/people/sealed', who: ['manager'], page: sendSealedLeft },
  { method: 'get', path: '/people/:id/purpose', who, page: purposePage },
  { method: 'post', path: '/people/:id/purpose', who, page: sendPurpose },
  { method: 'post', path: '/people/:id/break-glass', who, page: sendGlass },
  { method: 'post', path: '/people/:id/close-glass', who, page: sendGlassEnd },
  { method: 'get', path: '/people/:id/add', who, page: addPage, looks: 'entry form opened' },
  { method: 'post', path: '/people/:id/add', who, page: sendAdd },
  { method: 'get', path: '/people/:id/entries/:entry', who, page: entryPage, looks: 'entry read' },
  { method: 'post', path: '/people/:id/entries/:entry', who, page: sendEntry },
  { method: 'get', path: '/people/:id/known', who, page: changeIdentityPage, looks: 'identity form opened' },
  { method: 'post', path: '/people/:id/known', who, page: sendChangeIdentity },
  { method: 'get', path: '/people/:id/warnings', who, page: warningsPage, looks: 'warnings read' },
  { method: 'post', path: '/people/:id/warnings', who, page: sendWarnings },
  { method: 'get', path: '/people/:id/warnings/:warning', who, page: warningPage, looks: 'warnings read' },
  { method: 'post', path: '/people/:id/warnings/:warning', who, page: sendWarning },
  {
    method: 'get',
    path: '/people/:id/entries/:entry/names',
    who,
    page: namesPage,
    looks: 'names of a sealed entry seen',
  },
  { method: 'post', path: '/people/:id/entries/:entry/names', who, page: sendNames },
  { method: 'get', path: '/people/:id/involved', who, page: involvedPage, looks: seen },
  { method: 'post', path: '/people/:id/involved', who, page: sendInvolved },
  { method: 'get', path: '/people/:id/involved/add', who, page: circleAddPage, looks: seen },
  { method: 'post', path: '/people/:id/involved/add', who, page: sendCircleAdd },
  { method: 'get', path: '/people/:id/involved/lead', who, page: namePage('lead'), looks: seen },
  { method: 'post', path: '/people/:id/involved/lead', who, page: sendName('lead') },
  { method: 'get', path: '/people/:id/involved/trusted-adult', who, page: namePage('trusted adult'), looks: seen },
  { method: 'post', path: '/people/:id/involved/trusted-adult', who, page: sendName('trusted adult') },
  { method: 'get', path: '/people/:id/involved/:involvement/end', who, page: circleEndPage, looks: seen },
  { method: 'post', path: '/people/:id/involved/:involvement/end', who, page: sendCircleEnd },
  { method: 'get', path: '/accounts/:account/people', who: ['manager'], page: handOnPage },
  { method: 'post', path: '/accounts/:account/people', who: ['manager'], page: sendHandOn },
  { method: 'get', path: '/people/:id/share', who, page: sharePage, looks: 'share form opened' },
  { method: 'post', path: '/people/:id/share', who, page: sendShare },
  { method: 'get', path: '/people/:id/shared', who, page: sharedPage, looks: 'what was shared read' },
  { method: 'get', path: '/people/not-shared', who: [...who, 'guardian'], page: secondsPage },
  {
    method: 'get',
    path: '/people/not-shared/:disclosure',
    who: ['manager', 'guardian'],
    page: secondPage,
    looks: 'decision not to share read',
  },
  { method: 'post', path: '/people/not-shared/:disclosure', who: ['manager', 'guardian'], page: sendSecond },
  ...rightsRoutes,
  ...accessRoutes,
  ...alertRoutes,
  ...meetingRoutes,
  ...storyRoutes,
  ...voiceRoutes,
  ...matterRoutes,
  ...wayRoutes,
]
