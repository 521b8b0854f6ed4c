import { asProduct, inTransaction, newId, type Db, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { addWritten } from './add-written.ts'
import { readWritten } from './read.ts'
import type { Document } from './written.ts'

/**
 * Begins a new document with answers of an earlier one, as far as this viewer may read them. Each says what it is carried
 * from, and stays the words of whoever wrote it: carried over, nobody sees more of it than before.
 * @returns how many were carried over
 */
export const carryOver = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  { from, to, fields }: { from: string; to: Document; fields: readonly string[] },
  at: Date,
): Promise<number> =>
  inTransaction(db, async (tx) => {
    const rows = await readWritten(tx, keys, viewer.partnership, from, { fields })
    const said = rows.filter(({ words }) => words.trim() !== '')
    await asProduct(tx, async () => {
      const add = await addWritten(tx, keys, viewer, to)
      const sitting = newId()
      for (const { id, field, words, version, agency_id, written_by } of said) {
        const whose = { agency_id, written_by, written_at: at }
        await add({ field, words, version, ...whose, sitting, carried_from: id, replaced_at: null })
      }
    })
    return said.length
  })
