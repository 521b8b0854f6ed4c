import { sql } from 'kysely'
import type { Keys, StaffViewer, Tx } from '../platform/index.ts'
import { identitiesOf } from './queries.ts'
import type { Identity } from './sealed.ts'
import { searchKeys } from './search-keys.ts'
import type { IdentitySaid } from './subject.ts'

export const most_found = 20
/** How much each kind of match says: a number that belongs to one person more than a name that many have. */
const worth = {
  'nhs number': 8,
  phone: 5,
  'other reference': 5,
  born: 4,
  name: 3,
  postcode: 2,
  'known as': 2,
  sound: 1,
} as const

/**
 * People by what is known of them, the best match first. It finds by equality on keyed hashes and nothing else, and
 * row-level security shows only those whom the stated purpose opens.
 */
export const findPeople = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  said: Partial<IdentitySaid>,
): Promise<{ found: Identity[]; more: boolean }> => {
  const wanted = searchKeys(keys, viewer.partnership, said)
  if (wanted.length === 0) return { found: [], more: false }
  const { rows } = await sql<{ subject_id: string }>`
    with wanted as (
      select * from unnest(${wanted.map(({ use }) => use)}::text[], ${wanted.map(({ hash }) => hash)}::bytea[],
        ${wanted.map(({ use }) => worth[use])}::int[]) as w(use, hash, worth))
    select k.subject_id from wanted w
    cross join lateral (select distinct k.subject_id from identity_key k
      where k.partnership_id = ${viewer.partnership} and k.use = w.use and k.hash = w.hash limit 400) k
    group by k.subject_id order by sum(w.worth) desc, k.subject_id limit ${most_found + 1}`.execute(tx)
  const ids = rows.slice(0, most_found).map(({ subject_id }) => subject_id)
  const identities = await identitiesOf(tx, keys, viewer.partnership, ids)
  const found = ids.flatMap((id) => identities.find(({ subject_id }) => subject_id === id) ?? [])
  return { found, more: rows.length > most_found }
}
