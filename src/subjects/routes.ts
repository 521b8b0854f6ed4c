import type { Route } from '../web/index.ts'
import { workers } from './approach.ts'
import { addPage, sendAdd } from './pages/add.tsx'
import { sendGlass, sendGlassEnd } from './pages/glass-door.tsx'
import { reviews, sendReview } from './pages/reviews.tsx'
import { findPage, sendFind } from './pages/find.tsx'
import { involvedPage, sendInvolved } from './pages/involved.tsx'
import { newPage, sendNew } from './pages/new.tsx'
import { people } from './pages/people.tsx'
import { person } from './pages/person.tsx'
import { purposePage, sendPurpose } from './pages/purpose.tsx'
import { rightsRoutes } from './rights-routes.ts'

const who = workers

export const routes: readonly Route[] = [
  { method: 'get', path: '/people', who, page: people },
  { method: 'get', path: '/people/find', who, page: findPage },
  { method: 'post', path: '/people/find', who, page: sendFind },
  { method: 'get', path: '/people/new', who, page: newPage },
  { method: 'post', path: '/people/new', who, page: sendNew },
  { method: 'get', path: '/people/reviews', who, page: reviews },
  { method: 'post', path: '/people/reviews/:glass', who, page: sendReview },
  { method: 'get', path: '/people/:id', who, page: person, looks: 'person opened' },
  { method: 'get', path: '/people/:id/purpose', who, page: purposePage },
  { method: 'post', path: '/people/:id/purpose', who, page: sendPurpose },
  { method: 'post', path: '/people/:id/break-glass', who, page: sendGlass },
  { method: 'post', path: '/people/:id/close-glass', who, page: sendGlassEnd },
  { method: 'get', path: '/people/:id/add', who, page: addPage },
  { method: 'post', path: '/people/:id/add', who, page: sendAdd },
  { method: 'get', path: '/people/:id/involved', who, page: involvedPage },
  { method: 'post', path: '/people/:id/involved', who, page: sendInvolved },
  ...rightsRoutes,
]
