import { sql } from 'kysely'
import { asProduct, type StaffViewer, type Tx } from '../../platform/index.ts'

/**
 * A concern came in whose place has every word of a context's name: whoever leads the work on that one is asked whether
 * it is about it, also where it stands closed. One word alone names nothing. @returns how many were told
 */
export const askLeads = (tx: Tx, partnership: string, concern: string, at: Date): Promise<number> =>
  asProduct(tx, async () => {
    const told =
      await sql`insert into context_notice (partnership_id, id, subject_id, agency_id, staff_id, concern_id, told_at)
      select c.partnership_id, gen_random_uuid(), x.subject_id, a.agency_id, a.id, c.id, ${at}::timestamptz
      from concern c
        join context x on x.partnership_id = c.partnership_id and x.replaced_at is null
          and cardinality(x.name_words) > 1 and x.name_words <@ c.place_words
        join subject s on s.partnership_id = x.partnership_id and s.id = x.subject_id and s.erased_at is null
        join involvement i on i.partnership_id = x.partnership_id and i.subject_id = x.subject_id and i.role = 'lead'
          and i.from_at <= ${at} and (i.to_at is null or i.to_at > ${at})
        join account a on a.partnership_id = i.partnership_id and a.id = i.staff_id
      where c.partnership_id = ${partnership} and c.id = ${concern}
        and not exists (select from context_concern l where l.partnership_id = c.partnership_id and l.concern_id = c.id
          and l.subject_id = x.subject_id and l.undone_at is null)
      on conflict do nothing`.execute(tx)
    return Number(told.numAffectedRows ?? 0n)
  })

export type ContextNotice = { id: string; subject_id: string }
/** What this worker was told and has not read yet. */
export const contextNoticesOf = async (tx: Tx, { partnership, staff }: StaffViewer): Promise<ContextNotice[]> => {
  const { rows } = await sql<ContextNotice>`select id, subject_id from context_notice
    where partnership_id = ${partnership} and staff_id = ${staff} and read_at is null order by told_at, id limit 100`.execute(
    tx,
  )
  return rows
}

/** Somebody has read what they were told. Ids that are not theirs change nothing. */
export const keepNoticesRead = (tx: Tx, viewer: StaffViewer, ids: readonly string[], at: Date): Promise<void> =>
  asProduct(tx, async () => {
    await sql`update context_notice set read_at = ${at} where partnership_id = ${viewer.partnership}
      and staff_id = ${viewer.staff} and read_at is null and id = any(${ids}::uuid[])`.execute(tx)
  })

/** Which contexts this concern's place has the name of: the caller shows only those that exist for the viewer. */
export const namedIn = (tx: Tx, partnership: string, concern: string): Promise<Set<string>> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ id: string }>`select x.subject_id as id from concern c
        join context x on x.partnership_id = c.partnership_id and x.replaced_at is null
          and cardinality(x.name_words) > 1 and x.name_words <@ c.place_words
      where c.partnership_id = ${partnership} and c.id = ${concern}`.execute(tx)
    return new Set(rows.map(({ id }) => id))
  })
