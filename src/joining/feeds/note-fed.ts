import { sql } from 'kysely'
import { asProduct, type DataKey, type Keys, type Tx } from '../../platform/index.ts'
import { forget, withdraw } from '../note-identity.ts'
import { keep } from '../note.ts'
import { saysSomething, standardPerson, type PersonSupplied } from '../standard.ts'
import { tellInvolved } from './involved.ts'

/**
 * Takes note of an entry of an agency's list, or of what it says from now on: a record like any other, proposed against
 * whom concerns and records are about. What was decided of it holds for what comes in its place.
 */
export const noteFed = (
  tx: Tx,
  keys: Keys,
  partnership: string,
  entry: { id: string; agency: string; key: DataKey; person: PersonSupplied; at: Date },
): Promise<void> =>
  asProduct(tx, async () => {
    const { id, agency, key, person, at } = entry
    await withdraw(tx, partnership, await recordsOf(tx, partnership, id), at)
    const standard = standardPerson(person, at.getUTCFullYear(), [])
    if (!saysSomething(standard)) return
    const whose = { concern: null, subject: null, fed: id, agency, key, at }
    await keep(tx, keys, partnership, [{ source: 'fed', source_id: id, standard }], whose)
  })

/** The entry is gone from its list: nothing finds it any more, joins by it are undone, and nobody is told of the agency. */
export const partFed = (tx: Tx, partnership: string, id: string, at: Date): Promise<void> =>
  asProduct(tx, async () => {
    await withdraw(tx, partnership, await recordsOf(tx, partnership, id), at)
    const people = await forget(tx, partnership, sql`fed_id = ${id}`, at)
    await tellInvolved(tx, { kind: 'system', partnership }, people, at)
  })

const recordsOf = async (tx: Tx, partnership: string, id: string): Promise<string[]> => {
  const rows = await tx
    .selectFrom('noted_record')
    .select('id')
    .where('partnership_id', '=', partnership)
    .where('fed_id', '=', id)
    .where('withdrawn_at', 'is', null)
    .execute()
  return rows.map((row) => row.id)
}
