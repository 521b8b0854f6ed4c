import { asProduct, inTransaction, newId, record, type Db, type StaffViewer, type Tx } from '../../../platform/index.ts'
import { tellAgain } from './tell-again.ts'
import type { TrialSaid } from './trial.ts'

/**
 * Takes up a finding: who owns it here, what will be tried and what somebody thinks will happen. The area that wrote it
 * sees that it was taken up, and by whom only where this one agrees.
 * @returns the trial's id
 */
export const adopt = (
  db: Db | Tx,
  viewer: StaffViewer,
  finding: { id: string; partnership: string },
  { owner, named, ...said }: TrialSaid & { owner: string; named: boolean },
  at: Date,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    await asProduct(tx, async () => {
      await tx
        .insertInto('adoption')
        .values({
          partnership_id: viewer.partnership,
          id,
          finding_partnership_id: finding.partnership,
          finding_id: finding.id,
          agency_id: viewer.agency,
          ...said,
          use_id: newId(),
          adopted_by: viewer.staff,
          adopted_at: at,
        })
        .execute()
      await putOwner(tx, viewer, { trial: id, owner }, at)
      await putNaming(tx, viewer, { trial: id, agreed: named }, at)
      await record(tx, viewer, 'finding adopted', { kind: 'adoption', id }, { finding: finding.id, named })
    })
    await tellAgain(tx, viewer, id)
    return id
  })

/** Somebody else owns it from now on. */
export const nameTrialOwner = (
  db: Db | Tx,
  viewer: StaffViewer,
  { trial, owner }: { trial: string; owner: string },
  at: Date,
): Promise<void> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      await tx
        .updateTable('adoption_owner')
        .set({ ended_at: at })
        .where((one) => one.and({ partnership_id: viewer.partnership, adoption_id: trial }))
        .where('ended_at', 'is', null)
        .execute()
      await putOwner(tx, viewer, { trial, owner }, at)
      await record(tx, viewer, 'adoption owner named', { kind: 'adoption', id: trial }, { owner })
    }),
  )

/** Whether the library may say which area it is; it can be taken back. */
export const agreeNaming = (
  db: Db | Tx,
  viewer: StaffViewer,
  { trial, agreed }: { trial: string; agreed: boolean },
  at: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await asProduct(tx, async () => {
      await putNaming(tx, viewer, { trial, agreed }, at)
      await record(tx, viewer, 'adoption naming said', { kind: 'adoption', id: trial }, { agreed })
    })
    await tellAgain(tx, viewer, trial)
  })

const rowOf = (viewer: StaffViewer, trial: string) => ({
  partnership_id: viewer.partnership,
  id: newId(),
  adoption_id: trial,
  agency_id: viewer.agency,
})

const putOwner = (tx: Tx, viewer: StaffViewer, { trial, owner }: { trial: string; owner: string }, at: Date) =>
  tx
    .insertInto('adoption_owner')
    .values({ ...rowOf(viewer, trial), owner_id: owner, named_by: viewer.staff, named_at: at })
    .execute()

const putNaming = (tx: Tx, viewer: StaffViewer, { trial, agreed }: { trial: string; agreed: boolean }, at: Date) =>
  tx
    .insertInto('adoption_naming')
    .values({ ...rowOf(viewer, trial), agreed, said_by: viewer.staff, said_at: at })
    .execute()
