import type { Handler, Route } from '../web/index.ts'
import { answering } from './open-work.ts'
import { byArea } from './pages/by-area.tsx'
import { check, checkAnswered, checks } from './pages/checks.tsx'
import { concern } from './pages/concern.tsx'
import { contact } from './pages/concern/contact.tsx'
import { decide, decideDropped, decideStep, decideStepSent } from './pages/concern/decide.tsx'
import { fileCopy, original, originalOpened } from './pages/concern/files.tsx'
import { hand } from './pages/concern/hand.tsx'
import { allJoins } from './pages/concern/all-joins.tsx'
import { join, joinAnswered, joinUndone } from './pages/concern/join.tsx'
import { notHeardAnswer } from './pages/concern/not-heard.tsx'
import { partners, withdraw } from './pages/concern/partners.tsx'
import { pause, resume } from './pages/concern/pause.tsx'
import { patterns } from './pages/patterns.tsx'
import { pattern, patternAnswered } from './pages/patterns/pattern.tsx'
import { patternRulePage, patternRuleSent } from './pages/patterns/rule.tsx'
import { priority } from './pages/concern/priority.tsx'
import { question } from './pages/concern/question.tsx'
import { record } from './pages/concern/record.tsx'
import { release, take } from './pages/concern/take.tsx'
import { pair, pairAnswered, pairUndone } from './pages/joining/pair.tsx'
import { suspicion, suspicionAnswered } from './pages/joining/suspicion.tsx'
import { waiting } from './pages/joining/waiting.tsx'
import { leaverPage, sendReassign } from './pages/leaver.tsx'
import { network } from './pages/network.tsx'
import { notHeard } from './pages/not-heard.tsx'
import { queue } from './pages/queue.tsx'
import { withoutAWorker } from './pages/without-a-worker.tsx'
import { work } from './pages/work.tsx'

const get = (path: string, page: Handler, looks?: string): Route => ({
  method: 'get',
  path,
  page,
  who: 'front door',
  looks,
})
const post = (path: string, page: Handler): Route => ({ method: 'post', path, page, who: 'front door' })
const acts = { question, partners, priority, hand, pause, contact, record, 'not-heard': notHeardAnswer }

/** Deciding: from the list to the answer. */
export const dutyRoutes: readonly Route[] = [
  { ...get('/work', work), who: 'signed in' },
  get('/without-a-worker', withoutAWorker),
  { ...get('/accounts/:account/work', leaverPage), who: ['manager', 'administrator'] },
  post('/accounts/:account/work', sendReassign),
  get('/queue', queue),
  get('/not-heard', notHeard),
  get('/by-area', byArea),
  get('/patterns', patterns),
  get('/patterns/rules/:rule', patternRulePage),
  post('/patterns/rules/:rule', patternRuleSent),
  get('/patterns/:pattern', pattern, 'pattern opened'),
  post('/patterns/:pattern', patternAnswered),
  get('/concerns/:id', concern, 'concern opened'),
  // Whoever may read a concern may see what it is tied to, among what else they may read.
  { ...get('/network/:id', network, 'network opened'), who: 'signed in' },
  ...Object.entries(acts).flatMap(([name, { show, send }]) => [
    get(`/concerns/:id/${name}`, show),
    post(`/concerns/:id/${name}`, send),
  ]),
  get('/concerns/:id/joins', allJoins, 'concern opened'),
  get('/concerns/:id/joins/:proposal', join, 'concern opened'),
  post('/concerns/:id/joins/:proposal', joinAnswered),
  post('/concerns/:id/joins/:proposal/undo', joinUndone),
  get('/joining', waiting),
  get('/joining/suspicions/:suspicion', suspicion, 'suspicion opened'),
  post('/joining/suspicions/:suspicion', suspicionAnswered),
  get('/joining/:proposal', pair, 'proposal opened'),
  post('/joining/:proposal', pairAnswered),
  post('/joining/:proposal/undo', pairUndone),
  post('/concerns/:id/take', take),
  post('/concerns/:id/release', release),
  post('/concerns/:id/resume', resume),
  post('/concerns/:id/withdraw-check', withdraw),
  get('/concerns/:id/files/:file', fileCopy, 'file opened'),
  get('/concerns/:id/files/:file/original', original),
  post('/concerns/:id/files/:file/original', originalOpened),
  get('/concerns/:id/decide', decide),
  get('/concerns/:id/decide/:step', decideStep),
  post('/concerns/:id/decide/:step', decideStepSent),
  post('/concerns/:id/decide/drop', decideDropped),
  { ...get('/checks', checks), who: answering },
  { ...get('/checks/:id', check, 'partner check opened'), who: answering },
  { ...post('/checks/:id', checkAnswered), who: answering },
]
