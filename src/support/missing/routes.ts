import { workers } from '../../subjects/index.ts'
import type { Route } from '../../web/index.ts'
import { backPage, sendBack } from './pages/back.tsx'
import { boardPage } from './pages/board.tsx'
import { episodePage } from './pages/episode.tsx'
import { missingPage } from './pages/list.tsx'
import { newMissingPage, sendMissing } from './pages/new.tsx'
import { newsPage, sendNews } from './pages/news.tsx'
import { offerPage, sendOffer } from './pages/offer.tsx'
import { sendTalk, talkPage } from './pages/talk.tsx'

const who = workers
const looks = 'missing read'
const base = '/people/:id/missing'
const one = `${base}/:episode`

export const missingRoutes: readonly Route[] = [
  { method: 'get', path: '/missing', who, page: boardPage },
  { method: 'get', path: base, who, page: missingPage, looks },
  { method: 'get', path: `${base}/new`, who, page: newMissingPage, looks },
  { method: 'post', path: `${base}/new`, who, page: sendMissing },
  { method: 'get', path: one, who, page: episodePage, looks },
  { method: 'get', path: `${one}/news`, who, page: newsPage, looks },
  { method: 'post', path: `${one}/news`, who, page: sendNews },
  { method: 'get', path: `${one}/back`, who, page: backPage, looks },
  { method: 'post', path: `${one}/back`, who, page: sendBack },
  { method: 'get', path: `${one}/offer`, who, page: offerPage, looks },
  { method: 'post', path: `${one}/offer`, who, page: sendOffer },
  { method: 'get', path: `${one}/talk`, who, page: talkPage, looks },
  { method: 'post', path: `${one}/talk`, who, page: sendTalk },
]
