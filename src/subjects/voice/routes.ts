import type { Route } from '../../web/index.ts'
import { workers } from '../approach.ts'
import { dueVoicePage } from '../pages/voice/due.tsx'
import { hearPage, sendHear } from '../pages/voice/hear.tsx'
import { notHeardPage, sendNotHeard } from '../pages/voice/not-heard.tsx'
import { outcomesPage, sendOutcomes } from '../pages/voice/outcomes.tsx'
import { replyPage, sendReply } from '../pages/voice/reply.tsx'
import { voicePage } from '../pages/voice/voice.tsx'
import { keepYouSaidPage, sendWithdrawYouSaid, sendYouSaid, youSaidPage } from '../pages/voice/you-said.tsx'

const who = workers
const keeps = ['manager'] as const
const looks = 'voice read'
const one = '/people/:id/voice'

export const voiceRoutes: readonly Route[] = [
  { method: 'get', path: '/people/to-hear', who, page: dueVoicePage },
  { method: 'get', path: one, who, page: voicePage, looks },
  { method: 'get', path: `${one}/new`, who, page: hearPage, looks: 'voice form opened' },
  { method: 'post', path: `${one}/new`, who, page: sendHear },
  { method: 'get', path: `${one}/not-heard`, who, page: notHeardPage, looks: 'voice form opened' },
  { method: 'post', path: `${one}/not-heard`, who, page: sendNotHeard },
  { method: 'get', path: `${one}/outcomes`, who, page: outcomesPage, looks },
  { method: 'post', path: `${one}/outcomes`, who, page: sendOutcomes },
  { method: 'get', path: `${one}/:voice/reply`, who, page: replyPage, looks },
  { method: 'post', path: `${one}/:voice/reply`, who, page: sendReply },
  { method: 'get', path: '/you-said', who: 'anyone', page: youSaidPage },
  { method: 'get', path: '/you-said/keep', who: keeps, page: keepYouSaidPage },
  { method: 'post', path: '/you-said/keep', who: keeps, page: sendYouSaid },
  { method: 'post', path: '/you-said/:said/withdraw', who: keeps, page: sendWithdrawYouSaid },
]
