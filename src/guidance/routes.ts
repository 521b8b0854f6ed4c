import type { Route } from '../web/index.ts'
import { definition } from './pages/definition.tsx'
import { forYou } from './pages/for-you/for-you.tsx'
import * as person from './pages/for-you/show.tsx'
import { addSign, change, changed, newSign } from './pages/guidance/change.tsx'
import { guidance } from './pages/guidance/guidance.tsx'
import { history, restore } from './pages/guidance/history.tsx'
import { preview, publishDraft } from './pages/guidance/preview.tsx'
import { takeDown, takenDown } from './pages/guidance/withdraw.tsx'
import { home } from './pages/home.tsx'
import { offers } from './pages/offer/offers.tsx'
import * as offer from './pages/offer/show.tsx'
import { plainPage } from './pages/page.tsx'
import { printCards, printPoster } from './pages/signs/print.ts'
import { searchSigns } from './pages/signs/search.tsx'
import * as setting from './pages/signs/show.tsx'
import { signs } from './pages/signs/signs.tsx'
import * as type from './pages/types/show.tsx'
import { types } from './pages/types/types.tsx'

const open = (path: string, page: Route['page']): Route => ({ method: 'get', path, page, who: 'anyone' })
const editor = (method: Route['method'], path: string, page: Route['page']): Route => ({
  method,
  path,
  page,
  who: ['administrator'],
})

export const routes: readonly Route[] = [
  open('/', home),
  open('/signs', signs),
  open('/signs/search', searchSigns),
  open('/signs/:slug', setting.show),
  open('/signs/:slug/poster.pdf', printPoster),
  open('/signs/:slug/card.pdf', printCards),
  open('/types', types),
  open('/types/:code', type.show),
  open('/definition', definition),
  open('/offer', offers),
  open('/offer/:slug', offer.show),
  open('/for-you', forYou),
  open('/for-you/:slug', person.show),
  open('/about', plainPage),
  open('/about/:slug', plainPage),
  open('/privacy', plainPage),
  open('/cookies', plainPage),
  open('/accessibility', plainPage),

  editor('get', '/guidance', guidance),
  editor('get', '/guidance/sign/new', newSign),
  editor('post', '/guidance/sign/new', addSign),
  editor('get', '/guidance/:kind/:code', change),
  editor('post', '/guidance/:kind/:code', changed),
  editor('get', '/guidance/:kind/:code/preview', preview),
  editor('post', '/guidance/:kind/:code/preview', publishDraft),
  editor('get', '/guidance/:kind/:code/history', history),
  editor('post', '/guidance/:kind/:code/restore', restore),
  editor('get', '/guidance/sign/:code/withdraw', takeDown),
  editor('post', '/guidance/sign/:code/withdraw', takenDown),
]
