import { sql } from 'kysely'
import { asProduct, type DataKey, type Keys, type Tx } from '../../platform/index.ts'
import { forget, withdraw } from '../note-identity.ts'
import { keep, type ToKeep } from '../note.ts'
import { saysSomething, standardPerson, type PersonSupplied } from '../standard.ts'
import { tellInvolved } from './involved.ts'

/**
 * Takes note of entries of an agency's list, or of what they say from now on: records like any other, proposed against
 * whom concerns and records are about. What was decided of them holds for what comes in their place.
 */
export const noteFed = (
  tx: Tx,
  keys: Keys,
  partnership: string,
  entries: readonly { id: string; agency: string; key: DataKey; person: PersonSupplied }[],
  at: Date,
): Promise<void> =>
  asProduct(tx, async () => {
    const ids = entries.map(({ id }) => id)
    await withdraw(tx, partnership, await recordsOf(tx, partnership, ids), at)
    const those = entries.map(({ id, agency, key, person }): ToKeep => {
      const standard = standardPerson(person, at.getUTCFullYear(), [])
      return { source: 'fed', source_id: id, standard, fed: id, agency, key }
    })
    await keep(
      tx,
      keys,
      partnership,
      those.filter(({ standard }) => saysSomething(standard)),
      at,
    )
  })

/** The entries are gone from their list: nothing finds them any more, joins by them are undone, and nobody is told of the agency. */
export const partFed = (tx: Tx, partnership: string, ids: readonly string[], at: Date): Promise<void> =>
  asProduct(tx, async () => {
    await withdraw(tx, partnership, await recordsOf(tx, partnership, ids), at)
    const people = await forget(tx, partnership, sql`fed_id = any (${ids}::uuid[])`, at)
    await tellInvolved(tx, { kind: 'system', partnership }, people, at)
  })

const recordsOf = async (tx: Tx, partnership: string, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from noted_record
    where partnership_id = ${partnership} and fed_id = any (${ids}::uuid[]) and withdrawn_at is null`.execute(tx)
  return rows.map(({ id }) => id)
}
