import type { Route } from '../../web/index.ts'
import * as data from './pages/data.tsx'
import * as draft from './pages/draft.tsx'
import { entry, finding } from './pages/entry.tsx'
import { library } from './pages/library.tsx'
import { likeOurs } from './pages/like.tsx'
import { addEntry, newEntry } from './pages/new.tsx'
import * as paper from './pages/paper.ts'
import { allThemes, theme } from './pages/themes.tsx'
import { withdraw, withdrawing } from './pages/withdraw.tsx'

const open = (path: string, page: Route['page']): Route => ({ method: 'get', path, page, who: 'anyone' })
const lead = (method: Route['method'], path: string, page: Route['page']): Route => ({
  method,
  path,
  page,
  who: ['learning'],
})

export const libraryRoutes: readonly Route[] = [
  open('/library', library),
  open('/library/themes', allThemes),
  open('/library/themes/:code', theme),
  open('/library/like-ours', likeOurs),
  open('/library/data', data.data),
  open('/library/data/reports.csv', data.reportsCsv),
  open('/library/data/reports.csv-metadata.json', data.reportsCsvw),
  open('/library/data/findings.csv', data.findingsCsv),
  open('/library/data/findings.csv-metadata.json', data.findingsCsvw),
  open('/library/data/library.json', data.libraryJson),
  open('/library/feed.xml', data.feed),
  open('/sitemap.xml', data.sitemap),
  open('/robots.txt', data.robots),
  lead('get', '/library/new', newEntry),
  lead('post', '/library/new', addEntry),
  open('/library/:slug', entry),
  open('/library/:slug/data.json', data.entryJson),
  open('/library/:slug/report.docx', paper.wordFile),
  open('/library/:slug/report.pdf', paper.pdfFile),
  open('/library/:slug/findings/:number', finding),
  lead('get', '/library/:slug/withdraw', withdrawing),
  lead('post', '/library/:slug/withdraw', withdraw),

  lead('get', '/learning/reports/:id/findings', draft.findings),
  lead('post', '/learning/reports/:id/findings', draft.pick),
  lead('post', '/learning/reports/:id/findings/:finding/drop', draft.drop),
]
