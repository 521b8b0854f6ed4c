import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { blindAgenciesPage, sendBlindAgency, sendBlindEnd } from './blind/pages/agencies.tsx'
import { blindPage, programFile, sendBlind } from './blind/pages/ask.tsx'
import { askers } from './blind/permit.ts'
import { secretPage, sendSecret } from './blind/pages/secret.tsx'
import { howMatchingWorks } from './pages/how-matching-works.tsx'

const manager: readonly Role[] = ['manager']
const administrator: readonly Role[] = ['administrator']

export const routes: readonly Route[] = [
  { method: 'get', path: '/about/matching', who: 'anyone', page: howMatchingWorks },
  { method: 'get', path: '/blind', who: askers, page: blindPage },
  { method: 'post', path: '/blind', who: askers, page: sendBlind, files: 1 },
  { method: 'get', path: '/blind/program.js', who: askers, page: programFile },
  { method: 'get', path: '/blind/secret', who: manager, page: secretPage },
  { method: 'post', path: '/blind/secret', who: manager, page: sendSecret },
  { method: 'get', path: '/blind/agencies', who: administrator, page: blindAgenciesPage },
  { method: 'post', path: '/blind/agencies', who: administrator, page: sendBlindAgency },
  { method: 'post', path: '/blind/agencies/:permit/end', who: administrator, page: sendBlindEnd },
]
