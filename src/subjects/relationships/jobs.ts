import { asViewer, type JobHandler, type Tx, type Viewer } from '../../platform/index.ts'
import { tellOfEnding, tellOfLeaving } from './ending.ts'

type Verb = (tx: Tx, viewer: Viewer, id: string, now: Date) => Promise<unknown>

const about =
  (field: string, verb: Verb): JobHandler =>
  async ({ partnership, payload }, db) => {
    const viewer: Viewer = { kind: 'system', partnership }
    await asViewer(db, viewer, (tx) => verb(tx, viewer, payload[field]!, new Date()))
  }

/** Told before somebody goes, and at once when their account was closed. */
export const endingJobs: Record<string, JobHandler> = {
  'ending nears': about('ending', tellOfEnding),
  'account suspended': about('account', tellOfLeaving),
}
