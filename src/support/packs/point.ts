import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { openRows, sealerFor } from '../sealed.ts'

export type Pointer = { id: string; contact: string; entered_at: Date; ended_at: Date | null }

/** Points to a specialist process: whom to ask, and nothing of what it is. */
export const pointTo = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  contact: string,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, {
        table: 'specialist_pointer',
        row: id,
      })
      await inner
        .insertInto('specialist_pointer')
        .values({
          ...rowOf(viewer, subject, id),
          contact_sealed: seal('contact', contact),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      await record(inner, viewer, 'specialist process pointed to', { kind: 'person', id: subject.id }, { pointer: id })
      return id
    }),
  )

/** The process has ended, or somebody else is to be asked. One that is not there, or has ended, changes nothing. */
export const endPointer = (tx: Tx, viewer: StaffViewer, subject: string, pointer: string, at: Date): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const ended = await inner
        .updateTable('specialist_pointer')
        .set({ ended_by: viewer.staff, ended_at: at })
        .where('partnership_id', '=', viewer.partnership)
        .where('subject_id', '=', subject)
        .where('id', '=', pointer)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (ended.numUpdatedRows === 1n)
        await record(inner, viewer, 'specialist pointer ended', { kind: 'person', id: subject }, { pointer })
    }),
  )

/** The pointers that this viewer may see, those that stand first. */
export const pointersOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Pointer[]> => {
  const { rows } = await sql<Omit<Pointer, 'contact'> & { contact_sealed: Buffer; key_id: string }>`
    select id, contact_sealed, key_id, entered_at, ended_at from specialist_pointer
    where partnership_id = ${partnership} and subject_id = ${subject} order by (ended_at is null) desc, entered_at desc, id`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'specialist_pointer', columns: ['contact'] }, rows)
}
