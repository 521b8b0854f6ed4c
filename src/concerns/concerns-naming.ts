import { sql } from 'kysely'
import { isId, type Keys, type Tx } from '../platform/index.ts'
import type { About } from './concern.ts'
import type { ConcernSeen } from './concerns-seen.ts'
import { keysOfRows, opened, placeWords, wrappedKey } from './sealed.ts'

const most_named = 50

/**
 * Concerns whose place holds every word of a name, of those that row-level security shows this viewer, the newest first.
 * Words are compared by their keyed hashes alone. A likeness is a question: that it is the same place a person says.
 */
export const concernsNaming = async (tx: Tx, keys: Keys, partnership: string, name: string): Promise<ConcernSeen[]> => {
  const words = placeWords(keys, partnership, name)
  // One word alone, such as "flat", would name half the county.
  if (words.length < 2) return []
  const { rows } = await sql<ConcernSeen>`select id, reference, agency_id, received_at from concern
    where partnership_id = ${partnership} and place_words @> ${words}::text[]
    order by received_at desc, id limit ${most_named}`.execute(tx)
  return rows
}

/** What a concern says of its place, where this viewer may read it. */
export const placeIn = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  id: string,
): Promise<{ about: About; place: string; postcode: string | null } | undefined> => {
  if (!isId(id)) return undefined
  const row = await tx
    .selectFrom('concern')
    .selectAll()
    .select(wrappedKey(partnership, 'concern.key_id').as('wrapped'))
    .where('partnership_id', '=', partnership)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { about, place, postcode } = opened(await keysOfRows(tx, keys, partnership, [row]), 'concern', row)
  return { about: about as About, place, postcode }
}
