import type { Handler, Route } from '../web/index.ts'
import { enterReceipt, finish, finished, tryReceipt } from './pages/receipt/enter.tsx'
import { open } from './pages/receipt/open.tsx'
import { adding, answering, notHeardAtAll } from './pages/receipt/say-more.tsx'
import { carryOnDraft, sentList } from './pages/receipt/sent.tsx'
import { most_files } from './pages/report/files.tsx'

const get = (path: string, page: Handler): Route => ({ method: 'get', path, page, who: 'anyone' })
const post = (path: string, page: Handler): Route => ({ method: 'post', path, page, who: 'anyone' })
const staff = (route: Route): Route => ({ ...route, who: 'signed in' })

/** Afterwards: with the receipt, or signed in as whoever sent it. */
export const receiptRoutes: readonly Route[] = [
  get('/receipt', enterReceipt),
  post('/receipt', tryReceipt),
  get('/receipt/open', open),
  get('/receipt/answer/:message', answering.get),
  post('/receipt/answer/:message', answering.post),
  get('/receipt/more', adding.get),
  { ...post('/receipt/more', adding.post), files: most_files },
  get('/receipt/not-heard', notHeardAtAll.get),
  post('/receipt/not-heard', notHeardAtAll.post),
  post('/receipt/finish', finish),
  get('/receipt/finished', finished),
  staff(get('/sent', sentList)),
  staff(post('/sent/carry-on', carryOnDraft)),
  { ...staff(get('/sent/:id', open)), looks: 'own concern opened' },
  staff(get('/sent/:id/answer/:message', answering.get)),
  staff(post('/sent/:id/answer/:message', answering.post)),
  staff(get('/sent/:id/more', adding.get)),
  { ...staff(post('/sent/:id/more', adding.post)), files: most_files },
  staff(get('/sent/:id/not-heard', notHeardAtAll.get)),
  staff(post('/sent/:id/not-heard', notHeardAtAll.post)),
]
