import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { editClausePage, newClausePage, sendEditClause, sendNewClause, sendRemoveClause } from './pages/clause.tsx'
import { codesPage } from './pages/codes.tsx'
import { joinPage, sendJoin, sendLeave } from './pages/join.tsx'
import { codePage, newCodePage, sendCode, sendCodeConfirmed, sendCodeEnd, sendNewCode } from './pages/keep-code.tsx'
import { newAgreementPage, sendNewAgreement } from './pages/new-agreement.tsx'
import { differencePage, sendOffer } from './pages/difference.tsx'
import { lapsePage, livePage, sendLapse, sendLive } from './pages/live.tsx'
import { partyPage, sendParty, sendStep, sendWithdraw, withdrawPage } from './pages/party.tsx'
import { registerPage } from './pages/register.tsx'
import { sendSign, signPage } from './pages/sign.tsx'
import { sendAgain, sendDraft, sendRecall, versionPage } from './pages/version.tsx'

/** Whoever works under the agreement may read it. */
const readers: readonly Role[] = ['practitioner', 'duty', 'manager', 'guardian', 'administrator']
const signatories: readonly Role[] = ['manager', 'guardian', 'administrator']
const administrator: readonly Role[] = ['administrator']
const version = '/agreements/versions/:version'

export const routes: readonly Route[] = [
  { method: 'get', path: '/agreements', who: readers, page: registerPage },
  { method: 'get', path: '/agreements/codes', who: readers, page: codesPage },
  { method: 'get', path: '/agreements/codes/new', who: administrator, page: newCodePage },
  { method: 'post', path: '/agreements/codes/new', who: administrator, page: sendNewCode },
  { method: 'get', path: '/agreements/codes/:list/:code', who: administrator, page: codePage },
  { method: 'post', path: '/agreements/codes/:list/:code', who: administrator, page: sendCode },
  { method: 'post', path: '/agreements/codes/:list/:code/end', who: administrator, page: sendCodeEnd },
  { method: 'post', path: '/agreements/codes/:list/:code/confirmed', who: administrator, page: sendCodeConfirmed },
  { method: 'get', path: '/agreements/new', who: administrator, page: newAgreementPage },
  { method: 'post', path: '/agreements/new', who: administrator, page: sendNewAgreement },
  { method: 'get', path: version, who: readers, page: versionPage },
  { method: 'post', path: `${version}/again`, who: administrator, page: sendAgain },
  { method: 'post', path: `${version}/draft`, who: administrator, page: sendDraft },
  { method: 'get', path: `${version}/clauses/new`, who: administrator, page: newClausePage },
  { method: 'post', path: `${version}/clauses/new`, who: administrator, page: sendNewClause },
  { method: 'get', path: `${version}/clauses/:clause`, who: administrator, page: editClausePage },
  { method: 'post', path: `${version}/clauses/:clause`, who: administrator, page: sendEditClause },
  { method: 'post', path: `${version}/clauses/:clause/remove`, who: administrator, page: sendRemoveClause },
  { method: 'get', path: `${version}/difference`, who: administrator, page: differencePage },
  { method: 'post', path: `${version}/offer`, who: administrator, page: sendOffer },
  { method: 'post', path: `${version}/recall`, who: administrator, page: sendRecall },
  { method: 'get', path: `${version}/sign`, who: signatories, page: signPage },
  { method: 'post', path: `${version}/sign`, who: signatories, page: sendSign },
  { method: 'get', path: `${version}/live`, who: administrator, page: livePage },
  { method: 'post', path: `${version}/live`, who: administrator, page: sendLive },
  { method: 'get', path: `${version}/lapse`, who: administrator, page: lapsePage },
  { method: 'post', path: `${version}/lapse`, who: administrator, page: sendLapse },
  { method: 'get', path: `${version}/join`, who: administrator, page: joinPage },
  { method: 'post', path: `${version}/join`, who: administrator, page: sendJoin },
  { method: 'post', path: `${version}/parties/:agency/remove`, who: administrator, page: sendLeave },
  { method: 'get', path: `${version}/parties/:agency`, who: administrator, page: partyPage },
  { method: 'post', path: `${version}/parties/:agency`, who: administrator, page: sendParty },
  { method: 'post', path: `${version}/parties/:agency/:step`, who: administrator, page: sendStep },
  { method: 'get', path: `${version}/withdraw/:agency`, who: signatories, page: withdrawPage },
  { method: 'post', path: `${version}/withdraw/:agency`, who: signatories, page: sendWithdraw },
]
