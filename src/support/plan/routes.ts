import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { actionPage, sendAction } from './pages/action.tsx'
import { disagreedPage, sendDisagreed } from './pages/disagreed.tsx'
import { goalEndPage, goalPage, sendGoal, sendGoalEnd } from './pages/goal.tsx'
import { myActions } from './pages/mine.tsx'
import { ownDisagreePage, sendOwnDisagree } from './pages/own-disagree.tsx'
import { planPage, sendStart } from './pages/plan.tsx'
import { printPage } from './pages/print.tsx'
import { progressPage, sendProgress } from './pages/progress.tsx'
import { proposalPage, sendProposal } from './pages/proposal.tsx'
import { reviewPage, sendReview } from './pages/review.tsx'

const who = workers
const looks = 'plan read'
const base = '/people/:id/plan'

export const planRoutes: readonly Route[] = [
  { method: 'get', path: '/actions', who: 'signed in', page: myActions },
  { method: 'get', path: base, who, page: planPage, looks },
  { method: 'post', path: base, who, page: sendStart },
  { method: 'get', path: `${base}/goals/new`, who, page: goalPage, looks },
  { method: 'post', path: `${base}/goals/new`, who, page: sendGoal },
  { method: 'get', path: `${base}/goals/:goal`, who, page: goalEndPage, looks },
  { method: 'post', path: `${base}/goals/:goal`, who, page: sendGoalEnd },
  { method: 'get', path: `${base}/actions/new`, who, page: actionPage, looks },
  { method: 'post', path: `${base}/actions/new`, who, page: sendAction },
  { method: 'get', path: `${base}/actions/:action`, who, page: progressPage, looks },
  { method: 'post', path: `${base}/actions/:action`, who, page: sendProgress },
  { method: 'get', path: `${base}/proposals/:proposed`, who, page: proposalPage, looks },
  { method: 'post', path: `${base}/proposals/:proposed`, who, page: sendProposal },
  { method: 'get', path: `${base}/review`, who, page: reviewPage, looks },
  { method: 'post', path: `${base}/review`, who, page: sendReview },
  { method: 'get', path: `${base}/disagreed/:disagreement`, who, page: disagreedPage, looks },
  { method: 'post', path: `${base}/disagreed/:disagreement`, who, page: sendDisagreed },
  { method: 'get', path: '/mine/plan/:line', who: 'anyone', page: ownDisagreePage },
  { method: 'post', path: '/mine/plan/:line', who: 'anyone', page: sendOwnDisagree },
  { method: 'get', path: `${base}/print`, who, page: printPage, looks: 'plan printed' },
]
