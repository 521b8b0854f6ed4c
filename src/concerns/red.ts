import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'

/** Concerns since a moment that stand as red, as far as row-level security shows them to this viewer. */
export const redConcerns = async (
  tx: Tx,
  partnership: string,
  since: Date,
): Promise<{ id: string; received_at: Date }[]> => {
  const { rows } = await sql<{ id: string; received_at: Date }>`
    select c.id, c.received_at from priority p
    join concern c on c.partnership_id = p.partnership_id and c.id = p.concern_id
    where p.partnership_id = ${partnership} and p.level = 'red' and p.ended_at is null and c.received_at >= ${since}
    order by c.received_at limit 200`.execute(tx)
  return rows
}
