import { concernsJoinedBy, peopleLikelyIn } from '../../joining/index.ts'
import { asViewer, type JobHandler, type Tx } from '../../platform/index.ts'
import { askKeepers, reopenForConcern } from './reopen.ts'

/** What this room does when somebody said whom a concern is about. */
export const closureJobs = (now: () => Date): Record<string, JobHandler> => ({
  'concern about person': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, async (tx) => {
      const [concern] = await concernsJoinedBy(tx, partnership, payload['decision']!)
      if (concern) await reopenForConcern(tx, partnership, { subject: payload['subject']!, concern }, now())
    })
  },
})

/** A concern came in that is very likely about somebody whose plan is closed: whoever keeps it is asked. */
export const askKeepersOf = async (tx: Tx, partnership: string, concern: string, at: Date): Promise<void> => {
  for (const subject of await peopleLikelyIn(tx, partnership, concern))
    await askKeepers(tx, partnership, { subject, concern }, at)
}
