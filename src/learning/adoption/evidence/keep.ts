import {
  asProduct,
  inTransaction,
  newId,
  NotFound,
  record,
  type Db,
  type StaffViewer,
  type Tx,
} from '../../../platform/index.ts'
import type { EvidenceSaid, FitSaid } from './evidence.ts'

/** Puts a piece of evidence into the partnership's own library. @returns its id */
export const addEvidence = (db: Db | Tx, viewer: StaffViewer, said: EvidenceSaid, at: Date): Promise<string> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const id = newId()
      await tx
        .insertInto('evidence')
        .values({
          partnership_id: viewer.partnership,
          id,
          agency_id: viewer.agency,
          ...said,
          added_by: viewer.staff,
          added_at: at,
        })
        .execute()
      await record(tx, viewer, 'evidence added', { kind: 'evidence', id }, { kind: said.kind })
      return id
    }),
  )

/** Puts right what was written down of it. @throws {NotFound} */
export const correctEvidence = (db: Db | Tx, viewer: StaffViewer, id: string, said: EvidenceSaid): Promise<void> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      const { numUpdatedRows } = await tx
        .updateTable('evidence')
        .set(said)
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', id)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw new NotFound()
      await record(tx, viewer, 'evidence corrected', { kind: 'evidence', id })
    }),
  )

/** Says how it fits here. What was said before stays beside it. */
export const sayFit = (db: Db | Tx, viewer: StaffViewer, evidence: string, said: FitSaid, at: Date): Promise<void> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      await tx
        .insertInto('evidence_fit')
        .values({
          partnership_id: viewer.partnership,
          id: newId(),
          evidence_id: evidence,
          agency_id: viewer.agency,
          ...said,
          said_by: viewer.staff,
          said_at: at,
        })
        .execute()
      await record(tx, viewer, 'local fit said', { kind: 'evidence', id: evidence }, { fit: said.fit })
    }),
  )
