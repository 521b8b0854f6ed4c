import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { disputePage, personDisputePage, sendDispute, sendPersonDispute } from './pages/dispute.tsx'
import { disputesPage } from './pages/disputes.tsx'
import { concernDisputePage, newDisputePage, sendConcernDispute, sendNewDispute } from './pages/new.tsx'

const looks = 'boundary disputes read'
const base = '/people/:id/disputes'
const answer = [...workers, 'guardian'] as const

export const boundaryRoutes: readonly Route[] = [
  { method: 'get', path: '/disputes', who: answer, page: disputesPage },
  { method: 'get', path: '/disputes/:dispute', who: answer, page: disputePage, looks },
  { method: 'post', path: '/disputes/:dispute', who: answer, page: sendDispute },
  { method: 'get', path: `${base}/new`, who: workers, page: newDisputePage, looks },
  { method: 'post', path: `${base}/new`, who: workers, page: sendNewDispute },
  { method: 'get', path: `${base}/:dispute`, who: workers, page: personDisputePage, looks },
  { method: 'post', path: `${base}/:dispute`, who: workers, page: sendPersonDispute },
  { method: 'get', path: '/concerns/:id/disputes/new', who: 'front door', page: concernDisputePage, looks },
  { method: 'post', path: '/concerns/:id/disputes/new', who: 'front door', page: sendConcernDispute },
]
