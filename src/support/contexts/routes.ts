import { workers as who } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { chronologyPage, sendChronology } from '../pages/chronology.tsx'
import { actionPage, sendAction } from '../plan/pages/action.tsx'
import { progressPage, sendProgress } from '../plan/pages/progress.tsx'
import { assessmentPage, sendAssessment } from './pages/assessment.tsx'
import { oneTextPage, sendOneText } from './pages/one-text.tsx'
import { closePage, sendClose } from './pages/close.tsx'
import { concernsPage, sendConcerns } from './pages/concerns.tsx'
import { contextHub } from './pages/context.tsx'
import { guardianPage, sendGuardian, sendGuardianEnd } from './pages/guardian.tsx'
import { contextsPage } from './pages/list.tsx'
import { mapPage, sendSaid, sendSpot, spotPage } from './pages/map.tsx'
import { describePage, newContextPage, sendDescribe, sendNewContext } from './pages/new.tsx'
import { sendPlacesRead } from './pages/notices.tsx'
import { peoplePage, sendPeople, sendPersonEnd } from './pages/people.tsx'
import { contextPlanPage } from './pages/plan.tsx'
import { contextReviewPage, sendContextReview } from './pages/review.tsx'

const looks = 'context read'
const one = '/contexts/:id'

/** Places, groups, schools, online spaces, routes and businesses, helped as people are. */
export const contextRoutes: readonly Route[] = [
  { method: 'get', path: '/contexts', who, page: contextsPage },
  { method: 'get', path: '/contexts/new', who, page: newContextPage },
  { method: 'post', path: '/contexts/new', who, page: sendNewContext },
  { method: 'post', path: '/contexts/read', who: 'signed in', page: sendPlacesRead },
  { method: 'get', path: one, who, page: contextHub, looks: 'context opened' },
  { method: 'get', path: `${one}/describe`, who, page: describePage, looks },
  { method: 'post', path: `${one}/describe`, who, page: sendDescribe },
  { method: 'get', path: `${one}/concerns`, who, page: concernsPage, looks },
  { method: 'post', path: `${one}/concerns`, who, page: sendConcerns },
  { method: 'get', path: `${one}/assessment`, who, page: assessmentPage, looks },
  { method: 'post', path: `${one}/assessment`, who, page: sendAssessment },
  { method: 'get', path: `${one}/assessment/:answer`, who, page: oneTextPage, looks },
  { method: 'post', path: `${one}/assessment/:answer`, who, page: sendOneText },
  { method: 'get', path: `${one}/map`, who, page: mapPage, looks },
  { method: 'post', path: `${one}/map`, who, page: sendSpot },
  { method: 'get', path: `${one}/map/:spot`, who, page: spotPage, looks },
  { method: 'post', path: `${one}/map/:spot`, who, page: sendSaid },
  { method: 'get', path: `${one}/plan`, who, page: contextPlanPage, looks },
  { method: 'get', path: `${one}/plan/actions/new`, who, page: actionPage, looks },
  { method: 'post', path: `${one}/plan/actions/new`, who, page: sendAction },
  { method: 'get', path: `${one}/plan/actions/:action`, who, page: progressPage, looks },
  { method: 'post', path: `${one}/plan/actions/:action`, who, page: sendProgress },
  { method: 'get', path: `${one}/plan/review`, who, page: contextReviewPage, looks },
  { method: 'post', path: `${one}/plan/review`, who, page: sendContextReview },
  { method: 'get', path: `${one}/guardians/new`, who, page: guardianPage, looks },
  { method: 'post', path: `${one}/guardians/new`, who, page: sendGuardian },
  { method: 'post', path: `${one}/guardians/:guardian/end`, who, page: sendGuardianEnd },
  { method: 'get', path: `${one}/people`, who, page: peoplePage, looks },
  { method: 'post', path: `${one}/people`, who, page: sendPeople },
  { method: 'post', path: `${one}/people/:tie/end`, who, page: sendPersonEnd },
  { method: 'get', path: `${one}/chronology`, who, page: chronologyPage, looks: 'chronology read' },
  { method: 'post', path: `${one}/chronology`, who, page: sendChronology, looks: 'chronology read' },
  { method: 'get', path: `${one}/close`, who, page: closePage, looks },
  { method: 'post', path: `${one}/close`, who, page: sendClose },
]
