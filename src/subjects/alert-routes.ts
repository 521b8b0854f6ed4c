import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { alertPage, sendAlert } from './pages/alert.tsx'
import { alertRulePage, sendAlertRule } from './pages/alert-rule.tsx'
import { alertsPage } from './pages/alerts.tsx'

/** Whoever answers for an agency's people, or for data protection. */
const answers: readonly Role[] = ['manager', 'guardian']
const rule: readonly Role[] = ['guardian', 'administrator']

export const alertRoutes: readonly Route[] = [
  { method: 'get', path: '/alerts', who: answers, page: alertsPage },
  { method: 'get', path: '/alerts/rule', who: rule, page: alertRulePage },
  { method: 'post', path: '/alerts/rule', who: rule, page: sendAlertRule },
  { method: 'get', path: '/alerts/:alert', who: answers, page: alertPage, looks: 'alert read' },
  { method: 'post', path: '/alerts/:alert', who: answers, page: sendAlert },
]
