import { sql } from 'kysely'
import type { Keys, StaffViewer, Tx } from '../platform/index.ts'
import type { Channel } from './concern.ts'
import { openRows, wrappedKey } from './sealed.ts'

/** How many earlier concerns that share something are shown. */
export const most_shared = 50

export type Shared = {
  concern_id: string
  reference: string
  received_at: Date
  channel: Channel
  route: string | null
  kind: string
  said: string
  said_here: string
}

type SharedRow = Omit<Shared, 'said' | 'said_here'> & {
  id: string
  said: Buffer
  key_id: string | null
  wrapped: Buffer | null
  here_id: string
  here_said: Buffer
  here_key_id: string | null
  here_wrapped: Buffer | null
}
const detailHere = (row: SharedRow) => ({
  id: row.here_id,
  said: row.here_said,
  key_id: row.here_key_id,
  wrapped: row.here_wrapped,
})

/**
 * Other concerns, before or since, in which the same plate, phone, postcode, account or name was said: one row for each
 * detail that is shared. A nickname here may be a name there. What few share comes first: a plate says more than a
 * postcode, of which at most a few hundred are looked at.
 */
export const sharedOn = (worker: StaffViewer, id: string) => sql<SharedRow>`
    with hit as (
      select b.concern_id, b.kind, b.key, (array_agg(b.id))[1] as there, (array_agg(a.id))[1] as here,
        min(case when a.kind in ('vehicle', 'phone', 'account') then 1 when a.kind = 'postcode' then 3 else 2 end) as strength
      from detail a
      cross join lateral (
        select b.concern_id, b.kind, b.key, b.id from detail b
        where b.partnership_id = a.partnership_id and b.key = a.key and b.concern_id <> a.concern_id
          and b.kind = any (case when a.kind in ('name', 'nickname') then array['name', 'nickname'] else array[a.kind] end)
        limit 300) b
      where a.partnership_id = ${worker.partnership} and a.concern_id = ${id} and a.key is not null
      group by b.concern_id, b.kind, b.key),
    newest as (
      select c.id, c.reference, c.received_at, c.channel, h.strength
      from (select concern_id, min(strength) as strength from hit group by concern_id) h
      cross join lateral (select c.id, c.reference, c.received_at, c.channel from concern c
        where c.partnership_id = ${worker.partnership} and c.id = h.concern_id offset 0) c
      order by h.strength, c.received_at desc limit ${most_shared + 1})
    select n.id as concern_id, n.reference, n.received_at, n.channel, d.route, hit.kind,
      t.id, t.said, t.key_id, ${wrappedKey(worker.partnership, 't.key_id')} as wrapped,
      h.id as here_id, h.said as here_said, h.key_id as here_key_id, ${wrappedKey(worker.partnership, 'h.key_id')} as here_wrapped
    from newest n
    join hit on hit.concern_id = n.id
    join detail t on t.partnership_id = ${worker.partnership} and t.id = hit.there
    join detail h on h.partnership_id = ${worker.partnership} and h.id = hit.here
    left join decision d on d.partnership_id = ${worker.partnership} and d.concern_id = n.id and d.replaced_at is null
    order by n.strength, n.received_at desc, n.id, hit.strength, hit.kind`

/** What was found, with its words. */
export const openShared = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  rows: readonly SharedRow[],
): Promise<Shared[]> => {
  const there = await openRows(tx, keys, worker.partnership, 'detail', rows)
  const here = await openRows(tx, keys, worker.partnership, 'detail', rows.map(detailHere))
  return there.map((row, i) => ({ ...row, said_here: here[i]!.said }))
}
