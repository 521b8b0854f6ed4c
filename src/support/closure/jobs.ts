import { concernsJoinedBy, peopleLikelyIn } from '../../joining/index.ts'
import { asViewer, type JobHandler } from '../../platform/index.ts'
import { askKeepers, reopenForConcern } from './reopen.ts'

/** What this room does when news of a concern arrives: somebody said whom it is about, or it is very likely. */
export const closureJobs = (now: () => Date): Record<string, JobHandler> => ({
  'concern about person': async ({ partnership, payload }, db) => {
    await asViewer(db, { kind: 'system', partnership }, async (tx) => {
      const [concern] = await concernsJoinedBy(tx, partnership, payload['decision']!)
      if (concern) await reopenForConcern(tx, partnership, { subject: payload['subject']!, concern }, now())
    })
  },
  'concern received': async ({ partnership, payload }, db) => {
    const concern = payload['concern']!
    await asViewer(db, { kind: 'system', partnership }, async (tx) => {
      for (const subject of await peopleLikelyIn(tx, partnership, concern))
        await askKeepers(tx, partnership, { subject, concern }, now())
    })
  },
})
