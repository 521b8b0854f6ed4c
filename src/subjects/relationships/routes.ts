import type { Route } from '../../web/index.ts'
import { workers } from '../approach.ts'
import { addTiePage, sendAddTie } from '../pages/matters/add.tsx'
import { changeTiePage, sendChangeTie } from '../pages/matters/change.tsx'
import { chooseTrustedPage, sendChooseTrusted } from '../pages/matters/choose-trusted.tsx'
import { ecomapPage } from '../pages/matters/ecomap.tsx'
import { endTiePage, sendEndTie } from '../pages/matters/end.tsx'
import { genogramPage } from '../pages/matters/genogram.tsx'
import { planEndingPage, sendEndingsRead, sendPlanEnding } from '../pages/matters/plan-ending.tsx'
import { whoMattersPage } from '../pages/matters/who-matters.tsx'

const who = workers
const looks = 'who matters read'
const one = '/people/:id/who-matters'
const ending = '/people/:id/involved/:involvement/ending'

export const matterRoutes: readonly Route[] = [
  { method: 'post', path: '/people/endings', who, page: sendEndingsRead },
  { method: 'get', path: one, who, page: whoMattersPage, looks },
  { method: 'get', path: `${one}/add`, who, page: addTiePage, looks },
  { method: 'post', path: `${one}/add`, who, page: sendAddTie },
  { method: 'get', path: `${one}/trusted-adult`, who, page: chooseTrustedPage, looks },
  { method: 'post', path: `${one}/trusted-adult`, who, page: sendChooseTrusted },
  { method: 'get', path: `${one}/ecomap`, who, page: ecomapPage, looks },
  { method: 'get', path: `${one}/genogram`, who, page: genogramPage, looks },
  { method: 'get', path: `${one}/:tie`, who, page: changeTiePage, looks },
  { method: 'post', path: `${one}/:tie`, who, page: sendChangeTie },
  { method: 'get', path: `${one}/:tie/end`, who, page: endTiePage, looks },
  { method: 'post', path: `${one}/:tie/end`, who, page: sendEndTie },
  { method: 'get', path: ending, who, page: planEndingPage, looks: 'who is involved seen' },
  { method: 'post', path: ending, who, page: sendPlanEnding },
]
