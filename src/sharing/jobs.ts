import { asViewer, type JobHandler, type Tx, type Viewer } from '../platform/index.ts'
import { compile } from './compile.ts'
import { dutiesBegin, raiseForAll } from './duty-begun.ts'
import { escalateDuty } from './duty.ts'
import { warnOfLapse } from './lapse-warning.ts'

type Verb = (tx: Tx, viewer: Viewer, id: string, now: Date) => Promise<unknown>

/** Does one thing about one row, as the product. */
const about =
  (field: string, verb: Verb): JobHandler =>
  async ({ partnership, payload }, db) => {
    const viewer: Viewer = { kind: 'system', partnership }
    await asViewer(db, viewer, (tx) => verb(tx, viewer, payload[field]!, new Date()))
  }

/** What the worker does for sharing. */
export const jobs: Record<string, JobHandler> = {
  'agreement nears its end': about('version', warnOfLapse),
  'duty to share due': about('duty', escalateDuty),
  [dutiesBegin]: raiseForAll,
  // From here on the front door sees what an agency that was added sends, and its people see it too.
  'agencies changed': async ({ partnership }, db) => {
    await asViewer(db, { kind: 'system', partnership }, (tx) => compile(tx, partnership))
  },
}
