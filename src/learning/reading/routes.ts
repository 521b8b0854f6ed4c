import type { Route } from '../../web/index.ts'
import { confirmPage, sendConfirm } from './pages/confirm.tsx'
import { sendFile, sendPage } from './pages/send.tsx'

const read = '/learning/reports/read'

export const readingRoutes: readonly Route[] = [
  { method: 'get', path: read, page: sendPage, who: ['learning'] },
  { method: 'post', path: read, page: sendFile, who: ['learning'], files: 1 },
  { method: 'get', path: `${read}/:reading`, page: confirmPage, who: ['learning'] },
  { method: 'post', path: `${read}/:reading`, page: sendConfirm, who: ['learning'] },
]
