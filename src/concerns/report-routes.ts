import type { Handler, Route } from '../web/index.ts'
import { about } from './pages/report/about.tsx'
import { check, sendIt } from './pages/report/check.tsx'
import { contact, you } from './pages/report/contact.tsx'
import { call999, danger } from './pages/report/danger.tsx'
import { details } from './pages/report/details.tsx'
import { files, most_files } from './pages/report/files.tsx'
import { manifest, offline } from './pages/report/offline.tsx'
import { people } from './pages/report/people.tsx'
import { carryOn, cleared, clearSent, deleteAll, deleted, sent } from './pages/report/sent.tsx'
import { setting } from './pages/report/setting.tsx'
import { signs } from './pages/report/signs.tsx'
import { sendSmall, small } from './pages/report/small.tsx'
import { phone, start } from './pages/report/start.tsx'
import { wait, waitOver } from './pages/report/wait.tsx'
import { when } from './pages/report/when.tsx'
import { where } from './pages/report/where.tsx'
import { wishes } from './pages/report/wishes.tsx'
import { worry } from './pages/report/worry.tsx'

const get = (path: string, page: Handler): Route => ({ method: 'get', path, page, who: 'anyone' })
const post = (path: string, page: Handler): Route => ({ method: 'post', path, page, who: 'anyone' })

const steps = { danger, worry, about, people, wishes, where, when, setting, signs, details, contact, you }

/** Saying it: from 999 first to the receipt. */
export const reportRoutes: readonly Route[] = [
  get('/report', start),
  { ...get('/report/phone', phone), who: 'front door' },
  ...Object.entries(steps).flatMap(([name, step]) => [
    get(`/report/${name}`, step.get),
    post(`/report/${name}`, step.post),
  ]),
  get('/report/files', files.get),
  { ...post('/report/files', files.post), files: most_files },
  get('/report/call-999', call999),
  get('/report/offline', offline),
  get('/manifest.webmanifest', manifest),
  get('/report/check', check),
  post('/report/check', sendIt),
  get('/report/wait', wait),
  post('/report/wait', waitOver),
  get('/report/small', small),
  post('/report/small', sendSmall),
  get('/report/sent', sent),
  post('/report/sent/clear', clearSent),
  get('/report/cleared', cleared),
  get('/report/carry-on', carryOn),
  post('/report/delete', deleteAll),
  get('/report/deleted', deleted),
]
