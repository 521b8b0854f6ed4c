import type { Role } from '../platform/index.ts'
import type { Route } from '../web/index.ts'
import { approvePage, sendApprove } from './pages/access/approve.tsx'
import { packJson, packPdf } from './pages/access/download.ts'
import { itemPage, sendItem } from './pages/access/item.tsx'
import { accessList, sendAccessList } from './pages/access/list.tsx'
import { accessOfPerson, sendAccessOfPerson } from './pages/access/person.tsx'
import { accessRequestPage } from './pages/access/request.tsx'
import { closePage, extendPage, identityPage, sendClose, sendExtend, sendIdentity } from './pages/access/steps.tsx'

const who: readonly Role[] = ['manager', 'guardian']
const read = 'access request read'
const one = '/people/:id/access/:request'

/** What somebody is given of what is held about them, and how it is prepared and approved. */
export const accessRoutes: readonly Route[] = [
  { method: 'get', path: '/access', who, page: accessList },
  { method: 'post', path: '/access', who, page: sendAccessList },
  { method: 'get', path: '/people/:id/access', who, page: accessOfPerson, looks: read },
  { method: 'post', path: '/people/:id/access', who, page: sendAccessOfPerson },
  { method: 'get', path: one, who, page: accessRequestPage, looks: read },
  { method: 'get', path: `${one}/identity`, who, page: identityPage, looks: read },
  { method: 'post', path: `${one}/identity`, who, page: sendIdentity },
  { method: 'get', path: `${one}/extend`, who, page: extendPage, looks: read },
  { method: 'post', path: `${one}/extend`, who, page: sendExtend },
  { method: 'get', path: `${one}/close`, who, page: closePage, looks: read },
  { method: 'post', path: `${one}/close`, who, page: sendClose },
  { method: 'get', path: `${one}/items/:item`, who, page: itemPage, looks: 'access item read' },
  { method: 'post', path: `${one}/items/:item`, who, page: sendItem },
  { method: 'get', path: `${one}/approve`, who, page: approvePage, looks: 'access pack read' },
  { method: 'post', path: `${one}/approve`, who, page: sendApprove },
  { method: 'get', path: `${one}/pack.pdf`, who, page: packPdf, looks: 'access pack downloaded' },
  { method: 'get', path: `${one}/pack.json`, who, page: packJson, looks: 'access pack downloaded' },
]
