import type { Route } from '../../../web/index.ts'
import { pdfFile, wordFile } from './pages.ts'

const report = '/learning/reports/:id'

/** Of reports the rules of the rows decide. */
export const documentRoutes: readonly Route[] = [
  { method: 'get', path: `${report}/word`, page: wordFile, who: 'signed in' },
  { method: 'get', path: `${report}/pdf`, page: pdfFile, who: 'signed in' },
]
