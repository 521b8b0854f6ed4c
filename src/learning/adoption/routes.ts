import type { Role } from '../../platform/index.ts'
import type { Route } from '../../web/index.ts'
import { decidePage, sendDecide } from './decisions/pages/decide.tsx'
import { programmesPage } from './decisions/pages/list.tsx'
import { newProgrammePage, sendNewProgramme } from './decisions/pages/new.tsx'
import { programmePage } from './decisions/pages/programme.tsx'
import { evidencePage, sendFit } from './evidence/pages/evidence.tsx'
import { evidencesPage } from './evidence/pages/list.tsx'
import { changeEvidencePage, newEvidencePage, sendChangeEvidence, sendNewEvidence } from './evidence/pages/new.tsx'
import { comparePage } from './self-review/pages/compare.tsx'
import { newReviewPage, reviewsPage, sendNewReview } from './self-review/pages/list.tsx'
import { principlePage, sendPrinciple } from './self-review/pages/principle.tsx'
import { reviewPage, sendEnd } from './self-review/pages/review.tsx'
import { oursPage, trialsPage } from './trials/pages/list.tsx'
import { newTrialPage, sendNewTrial } from './trials/pages/new.tsx'
import { outcomePage, sendOutcome } from './trials/pages/outcome.tsx'
import { ownerPage, sendOwner } from './trials/pages/owner.tsx'
import { sendNaming, sendObservation, trialPage } from './trials/pages/trial.tsx'

const reads: readonly Role[] = ['learning', 'chair']
const writes: readonly Role[] = ['learning']

/** Whoever owns a trial may be anybody; row-level security shows it to them and to nobody else. */
const owns = 'signed in'

export const adoptionRoutes: readonly Route[] = [
  { method: 'get', path: '/adoption', who: reads, page: trialsPage },
  { method: 'get', path: '/adoption/ours', who: reads, page: oursPage },
  { method: 'get', path: '/adoption/new/:finding', who: writes, page: newTrialPage },
  { method: 'post', path: '/adoption/new/:finding', who: writes, page: sendNewTrial },
  { method: 'get', path: '/adoption/:id', who: owns, page: trialPage },
  { method: 'post', path: '/adoption/:id', who: owns, page: sendObservation },
  { method: 'get', path: '/adoption/:id/outcome', who: owns, page: outcomePage },
  { method: 'post', path: '/adoption/:id/outcome', who: owns, page: sendOutcome },
  { method: 'get', path: '/adoption/:id/owner', who: writes, page: ownerPage },
  { method: 'post', path: '/adoption/:id/owner', who: writes, page: sendOwner },
  { method: 'post', path: '/adoption/:id/naming', who: writes, page: sendNaming },

  { method: 'get', path: '/evidence', who: reads, page: evidencesPage },
  { method: 'get', path: '/evidence/new', who: writes, page: newEvidencePage },
  { method: 'post', path: '/evidence/new', who: writes, page: sendNewEvidence },
  { method: 'get', path: '/evidence/:id', who: reads, page: evidencePage },
  { method: 'post', path: '/evidence/:id', who: writes, page: sendFit },
  { method: 'get', path: '/evidence/:id/change', who: writes, page: changeEvidencePage },
  { method: 'post', path: '/evidence/:id/change', who: writes, page: sendChangeEvidence },

  { method: 'get', path: '/decisions', who: reads, page: programmesPage },
  { method: 'get', path: '/decisions/new', who: writes, page: newProgrammePage },
  { method: 'post', path: '/decisions/new', who: writes, page: sendNewProgramme },
  { method: 'get', path: '/decisions/:id', who: reads, page: programmePage },
  { method: 'get', path: '/decisions/:id/decide', who: writes, page: decidePage },
  { method: 'post', path: '/decisions/:id/decide', who: writes, page: sendDecide },

  { method: 'get', path: '/self-review', who: reads, page: reviewsPage },
  { method: 'get', path: '/self-review/new', who: writes, page: newReviewPage },
  { method: 'post', path: '/self-review/new', who: writes, page: sendNewReview },
  { method: 'get', path: '/self-review/compare', who: reads, page: comparePage },
  { method: 'get', path: '/self-review/:id', who: reads, page: reviewPage },
  { method: 'post', path: '/self-review/:id/end', who: writes, page: sendEnd },
  { method: 'get', path: '/self-review/:id/:principle', who: reads, page: principlePage },
  { method: 'post', path: '/self-review/:id/:principle', who: writes, page: sendPrinciple },
]
