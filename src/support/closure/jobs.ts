import { concernsJoinedBy } from '../../joining/index.ts'
import { asViewer, type JobHandler } from '../../platform/index.ts'
import { reopenForConcern } from './reopen.ts'

/** What this room does when somebody said whom a concern is about. */
export const closureJobs = (now: () => Date): Record<string, JobHandler> => ({
  'concern about person': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, async (tx) => {
      const [concern] = await concernsJoinedBy(tx, partnership, payload['decision']!)
      if (concern) await reopenForConcern(tx, partnership, { subject: payload['subject']!, concern }, now())
    })
  },
})
