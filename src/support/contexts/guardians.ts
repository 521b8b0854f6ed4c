import {
  asProduct,
  inTransaction,
  isId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { sealedRow } from './rows.ts'

/** A role and where it is reached: at an agency of the partnership, or whose else they are. */
export type GuardianSaid = { role: string; contact: string; does: string } & (
  { agency: string; elsewhere?: undefined } | { agency: null; elsewhere: string }
)

/** Names somebody who looks after it, as a role. */
export const nameGuardian = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { agency, elsewhere = '', ...words }: GuardianSaid,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const said = { ...words, elsewhere: agency === null ? elsewhere : '' }
      const row = await sealedRow(inner, keys, viewer, subject, { table: 'context_guardian', said })
      await inner
        .insertInto('context_guardian')
        .values({ ...row, at_agency_id: agency, named_by: viewer.staff, named_at: at })
        .execute()
      await record(inner, viewer, 'context guardian named', { kind: 'person', id: subject }, { guardian: row.id })
      return row.id
    }),
  )

/** They do not look after it any more; the row stays. @throws {NotFound} */
export const endGuardian = (
  tx: Tx,
  viewer: StaffViewer,
  { subject, guardian }: { subject: string; guardian: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!isId(guardian)) throw new NotFound()
      const ended = await inner
        .updateTable('context_guardian')
        .set({ ended_at: at, ended_by: viewer.staff })
        .where('partnership_id', '=', viewer.partnership)
        .where('subject_id', '=', subject)
        .where('id', '=', guardian)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (!ended.numUpdatedRows) throw new NotFound()
      await record(inner, viewer, 'context guardian ended', { kind: 'person', id: subject }, { guardian })
    }),
  )
