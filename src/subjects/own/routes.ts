import type { Handler, Route } from '../../web/index.ts'
import { workers } from '../approach.ts'
import { ownCardPage, sendOwnCard } from '../pages/own/card.tsx'
import { enterOwn, finishedOwn, finishOwn, tryOwn } from '../pages/own/enter.tsx'
import { feedbackPage, sendFeedback } from '../pages/own/feedback.tsx'
import { openOwn } from '../pages/own/open.tsx'
import { disagreePage, sayPage, sendDisagree, sendSay, sentPage } from '../pages/own/say.tsx'
import { newWayPage, sendNewWay } from '../pages/way/new.tsx'
import { messagePage, saidToYouPage, sendMessageAnswer } from '../pages/way/said.tsx'
import { sendEndWay, waysPage } from '../pages/way/ways.tsx'
import { sendWritten, writtenPage } from '../pages/way/written.tsx'
import type { OwnSection } from './section.ts'

const who = workers
const looks = 'own way read'
const way = '/people/:id/way'

/** What a worker does for a person's own way in, and what people say to them by it. */
export const wayRoutes: readonly Route[] = [
  { method: 'get', path: '/people/said', who, page: saidToYouPage },
  { method: 'get', path: '/people/:id/said/:message', who, page: messagePage, looks: 'message read' },
  { method: 'post', path: '/people/:id/said/:message', who, page: sendMessageAnswer },
  { method: 'get', path: way, who, page: waysPage, looks },
  { method: 'get', path: `${way}/new`, who, page: newWayPage, looks },
  { method: 'post', path: `${way}/new`, who, page: sendNewWay },
  { method: 'get', path: `${way}/written`, who, page: writtenPage, looks },
  { method: 'post', path: `${way}/written`, who, page: sendWritten },
  { method: 'post', path: `${way}/:way/end`, who, page: sendEndWay },
]

const get = (path: string, page: Handler): Route => ({ method: 'get', path, page, who: 'anyone' })
const post = (path: string, page: Handler): Route => ({ method: 'post', path, page, who: 'anyone' })

/** The person's own pages. Rooms above hand in their parts of the page. */
export const ownRoutes = (more: readonly OwnSection[] = []): readonly Route[] => [
  get('/mine', enterOwn),
  post('/mine', tryOwn),
  get('/mine/open', openOwn(more)),
  get('/mine/story/:card', ownCardPage),
  post('/mine/story/:card', sendOwnCard),
  get('/mine/disagree/:entry', disagreePage),
  post('/mine/disagree/:entry', sendDisagree),
  get('/mine/not-safe', sayPage('not safe')),
  post('/mine/not-safe', sendSay('not safe')),
  get('/mine/stop', sayPage('please stop')),
  post('/mine/stop', sendSay('please stop')),
  get('/mine/sent', sentPage),
  get('/mine/feedback', feedbackPage),
  post('/mine/feedback', sendFeedback),
  post('/mine/finish', finishOwn),
  get('/mine/finished', finishedOwn),
]
