import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'

/** How long something is there: its last day, or the day on which it is to end, and who follows. */
export type Ending = {
  validTo: string | null
  plannedEnd: string | null
  successors: readonly string[]
  note: string | null
}

/**
 * Replaces what is known of an end. Nothing known means that it goes on.
 * @returns false when a successor would, however far round, be followed by the thing itself
 */
export const writeEnding = async (
  tx: Tx,
  what: 'agency' | 'area',
  partnership: string,
  id: string,
  { validTo, plannedEnd, successors, note }: Ending,
): Promise<boolean> => {
  const table = sql.id(what)
  const succession = sql.id(`${what}_succession`)
  const own = sql.id(`${what}_id`)
  for (const successor of successors) if (await leadsTo(tx, what, partnership, successor, id)) return false
  await sql`update ${table} set valid_to = ${validTo}, planned_end = ${plannedEnd}, succession_note = ${note}
    where partnership_id = ${partnership} and id = ${id}`.execute(tx)
  await sql`delete from ${succession} where partnership_id = ${partnership} and ${own} = ${id}`.execute(tx)
  for (const successor of new Set(successors))
    await sql`insert into ${succession} (partnership_id, ${own}, successor_id, from_date)
      values (${partnership}, ${id}, ${successor}, ${validTo ? sql`${validTo}::date + 1` : plannedEnd})`.execute(tx)
  return true
}

const leadsTo = async (
  tx: Tx,
  what: 'agency' | 'area',
  partnership: string,
  from: string,
  to: string,
): Promise<boolean> => {
  const succession = sql.id(`${what}_succession`)
  const { rows } = await sql<{ round: boolean }>`
    with recursive after (id) as (
      select ${from}::uuid
      union
      select s.successor_id from ${succession} s join after on s.${sql.id(`${what}_id`)} = after.id
      where s.partnership_id = ${partnership})
    select exists (select from after where id = ${to}) as round`.execute(tx)
  return rows[0]!.round
}
