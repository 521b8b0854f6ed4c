import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { accountPage, sendSignOutEverywhere } from './pages/account.tsx'
import { passwordPage, sendPassword } from './pages/account/password.tsx'
import { recoveryCodesPage, sendRecoveryCodes } from './pages/account/recovery-codes.tsx'
import { removeFactorPage, sendRemoveFactor } from './pages/account/remove-factor.tsx'
import { accountsPage } from './pages/accounts.tsx'
import { agencyAccessPage, sendLiftAgency, sendSuspendAgency } from './pages/agency-access.tsx'
import { newAccountPage, sendNewAccount } from './pages/accounts/new.tsx'
import { resetPage, sendReset } from './pages/accounts/reset.tsx'
import { rolesPage, sendRoles } from './pages/accounts/roles.tsx'
import { sendInviteAgain, sendLift, showAccountPage } from './pages/accounts/show.tsx'
import { sendSuspend, suspendPage } from './pages/accounts/suspend.tsx'
import { demoSignInPage, sendDemoSignIn, sendToday } from './pages/demo-sign-in.tsx'
import { invitationPage, sendInvitation } from './pages/invitation.tsx'
import { setUpPage } from './pages/set-up.tsx'
import { addAuthenticator, authenticatorPage } from './pages/set-up/authenticator.tsx'
import { addPasskey, passkeyPage } from './pages/set-up/passkey.tsx'
import { sendSignIn, signInPage } from './pages/sign-in.tsx'
import { recoveryCodePage, sendRecoveryCode } from './pages/sign-in/recovery-code.tsx'
import { secondFactorPage, sendSecondFactor } from './pages/sign-in/second-factor.tsx'
import { sendSignOut } from './pages/sign-out.tsx'
import { systemRoutes } from './system-routes.ts'

const anyone = 'anyone' as const
const signedIn = 'signed in' as const
const administrator: readonly Role[] = ['administrator']

export const routes: readonly Route[] = [
  { method: 'get', path: '/sign-in', who: anyone, page: signInPage },
  { method: 'post', path: '/sign-in', who: anyone, page: sendSignIn },
  { method: 'get', path: '/sign-in/second-factor', who: anyone, page: secondFactorPage },
  { method: 'post', path: '/sign-in/second-factor', who: anyone, page: sendSecondFactor },
  { method: 'get', path: '/sign-in/recovery-code', who: anyone, page: recoveryCodePage },
  { method: 'post', path: '/sign-in/recovery-code', who: anyone, page: sendRecoveryCode },
  { method: 'get', path: '/sign-in/set-up', who: anyone, page: setUpPage },
  { method: 'get', path: '/sign-in/set-up/authenticator', who: anyone, page: authenticatorPage },
  { method: 'post', path: '/sign-in/set-up/authenticator', who: anyone, page: addAuthenticator },
  { method: 'get', path: '/sign-in/set-up/passkey', who: anyone, page: passkeyPage },
  { method: 'post', path: '/sign-in/set-up/passkey', who: anyone, page: addPasskey },
  { method: 'post', path: '/sign-out', who: anyone, page: sendSignOut },
  { method: 'get', path: '/invitation/:invitation', who: anyone, page: invitationPage },
  { method: 'post', path: '/invitation/:invitation', who: anyone, page: sendInvitation },
  { method: 'get', path: '/demo-sign-in', who: anyone, page: demoSignInPage },
  { method: 'post', path: '/demo-sign-in', who: anyone, page: sendDemoSignIn },
  { method: 'post', path: '/demo-sign-in/today', who: anyone, page: sendToday },

  { method: 'get', path: '/account', who: signedIn, page: accountPage },
  { method: 'get', path: '/account/password', who: signedIn, page: passwordPage },
  { method: 'post', path: '/account/password', who: signedIn, page: sendPassword },
  { method: 'get', path: '/account/authenticator', who: signedIn, page: authenticatorPage },
  { method: 'post', path: '/account/authenticator', who: signedIn, page: addAuthenticator },
  { method: 'get', path: '/account/passkey', who: signedIn, page: passkeyPage },
  { method: 'post', path: '/account/passkey', who: signedIn, page: addPasskey },
  { method: 'get', path: '/account/factor/:factor/remove', who: signedIn, page: removeFactorPage },
  { method: 'post', path: '/account/factor/:factor/remove', who: signedIn, page: sendRemoveFactor },
  { method: 'get', path: '/account/recovery-codes', who: signedIn, page: recoveryCodesPage },
  { method: 'post', path: '/account/recovery-codes', who: signedIn, page: sendRecoveryCodes },
  { method: 'post', path: '/account/sign-out-everywhere', who: signedIn, page: sendSignOutEverywhere },

  { method: 'get', path: '/accounts', who: administrator, page: accountsPage },
  { method: 'get', path: '/accounts/new', who: administrator, page: newAccountPage },
  { method: 'post', path: '/accounts/new', who: administrator, page: sendNewAccount },
  { method: 'get', path: '/accounts/:account', who: administrator, page: showAccountPage },
  { method: 'get', path: '/accounts/:account/roles', who: administrator, page: rolesPage },
  { method: 'post', path: '/accounts/:account/roles', who: administrator, page: sendRoles },
  { method: 'get', path: '/accounts/:account/suspend', who: administrator, page: suspendPage },
  { method: 'post', path: '/accounts/:account/suspend', who: administrator, page: sendSuspend },
  { method: 'post', path: '/accounts/:account/lift', who: administrator, page: sendLift },
  { method: 'post', path: '/accounts/:account/invitation', who: administrator, page: sendInviteAgain },
  { method: 'get', path: '/accounts/:account/reset', who: administrator, page: resetPage },
  { method: 'post', path: '/accounts/:account/reset', who: administrator, page: sendReset },
  { method: 'get', path: '/partners/:agency/access', who: administrator, page: agencyAccessPage },
  { method: 'post', path: '/partners/:agency/access', who: administrator, page: sendSuspendAgency },
  { method: 'post', path: '/partners/:agency/access/lift', who: administrator, page: sendLiftAgency },
  ...systemRoutes,
]
