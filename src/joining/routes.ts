import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { blindAgenciesPage, sendBlindAgency, sendBlindEnd } from './blind/pages/agencies.tsx'
import { blindPage, programFile, sendBlind } from './blind/pages/ask.tsx'
import { askers } from './blind/permit.ts'
import { feedPage, mendFile, sendFeedFile } from './feeds/pages/feed.tsx'
import { feedSettingsPage, feedsPage, newFeedPage, sendFeedSettings, sendNewFeed } from './feeds/pages/feeds.tsx'
import { leftOutFile, runPage, sendRun } from './feeds/pages/run.tsx'
import { secretPage, sendSecret } from './blind/pages/secret.tsx'
import { howMatchingWorks } from './pages/how-matching-works.tsx'

const manager: readonly Role[] = ['manager']
/** Whoever may be named to send a list; which lists they may, each page asks. */
const senders: readonly Role[] = ['manager', 'duty', 'practitioner', 'reporter-agency']
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
  { method: 'get', path: '/feeds', who: senders, page: feedsPage },
  { method: 'get', path: '/feeds/new', who: manager, page: newFeedPage },
  { method: 'post', path: '/feeds/new', who: manager, page: sendNewFeed },
  { method: 'get', path: '/feeds/:feed', who: senders, page: feedPage },
  { method: 'post', path: '/feeds/:feed', who: senders, page: sendFeedFile, streams: true },
  { method: 'get', path: '/feeds/:feed/settings', who: manager, page: feedSettingsPage },
  { method: 'post', path: '/feeds/:feed/settings', who: manager, page: sendFeedSettings },
  { method: 'get', path: '/feeds/:feed/mend.csv', who: senders, page: mendFile, looks: 'list to mend read' },
  { method: 'get', path: '/feeds/:feed/runs/:run', who: senders, page: runPage },
  { method: 'post', path: '/feeds/:feed/runs/:run', who: senders, page: sendRun },
  { method: 'get', path: '/feeds/:feed/runs/:run/left-out.csv', who: senders, page: leftOutFile },
]
