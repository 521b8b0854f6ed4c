import { asProduct, inTransaction, newId, record, type Db, type StaffViewer, type Tx } from '../../../platform/index.ts'
import { tellAgain } from './tell-again.ts'
import type { OutcomeSaid } from './trial.ts'

/** Something that was seen of a trial, on its day. */
export const observe = (
  db: Db | Tx,
  viewer: StaffViewer,
  trial: string,
  said: { seen_on: string; words: string },
  at: Date,
): Promise<void> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      await tx
        .insertInto('adoption_observation')
        .values({ ...rowOf(viewer, trial, at), ...said })
        .execute()
      await record(tx, viewer, 'adoption observed', { kind: 'adoption', id: trial })
    }),
  )

/** What came of it: adopted, adapted or stopped, and why. Earlier outcomes stay beside it; the library hears of it. */
export const conclude = (db: Db | Tx, viewer: StaffViewer, trial: string, said: OutcomeSaid, at: Date): Promise<void> =>
  inTransaction(db, async (tx) => {
    await asProduct(tx, async () => {
      await tx
        .insertInto('adoption_outcome')
        .values({ ...rowOf(viewer, trial, at), ...said })
        .execute()
      await record(tx, viewer, 'adoption concluded', { kind: 'adoption', id: trial }, { outcome: said.outcome })
    })
    await tellAgain(tx, viewer, trial)
  })

const rowOf = (viewer: StaffViewer, trial: string, at: Date) => ({
  partnership_id: viewer.partnership,
  id: newId(),
  adoption_id: trial,
  agency_id: viewer.agency,
  written_by: viewer.staff,
  written_at: at,
})
