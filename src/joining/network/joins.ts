import { sql } from 'kysely'
import { asProduct, type StaffViewer, type Tx } from '../../platform/index.ts'
import { blindAmong } from '../second-opinion.ts'

/** Two sources that somebody said are the same, in force: who, of which agency, and when. */
export type Joined = { a: Source; b: Source; agency: string; staff: string; at: Date }
type Source = { id: string; concern: string | null; subject: string | null }

/**
 * The answers "same" that stand of what is in these concerns and in the records of these people, as far as this viewer reads answers at all: under their own
 * row-level security. The other side may be hidden from them, so whoever calls shows only what they have read themself.
 * @param of ids of concerns and people of which the viewer has read something
 */
export const joinsOf = async (
  tx: Tx,
  viewer: StaffViewer,
  of: { concerns: readonly string[]; subjects: readonly string[] },
): Promise<Joined[]> => {
  const { partnership } = viewer
  const { rows: here } = await asProduct(tx, () =>
    sql<{ id: string }>`select id from noted_record where partnership_id = ${partnership} and withdrawn_at is null
      and (concern_id = any (${of.concerns}::uuid[]) or subject_id = any (${of.subjects}::uuid[]))`.execute(tx),
  )
  const ids = here.map(({ id }) => id)
  const { rows: answered } = await sql<{
    id: string
    a_id: string
    b_id: string
    agency_id: string
    staff_id: string
    at: Date
  }>`
    select id, a_id, b_id, agency_id, staff_id, at from join_decision where partnership_id = ${partnership}
      and answer = 'same' and undone_at is null and contradicts_id is null
      and (a_id = any (${ids}::uuid[]) or b_id = any (${ids}::uuid[])) order by at, id`.execute(tx)
  // Whoever is asked about a pair blindly hears nothing of it here either.
  const blind = await blindAmong(tx, viewer, answered)
  const said = answered.filter(({ id }) => !blind.has(id))
  if (said.length === 0) return []
  const { rows: records } = await asProduct(tx, () =>
    sql<Source & { record: string }>`
      select id as record, source_id as id, concern_id as concern, subject_id as subject
      from noted_record where partnership_id = ${partnership} and withdrawn_at is null and fed_id is null
        and id = any (${said.flatMap(({ a_id, b_id }) => [a_id, b_id])}::uuid[])`.execute(tx),
  )
  const source = new Map(records.map(({ record, ...one }) => [record, one]))
  return said.flatMap(({ a_id, b_id, agency_id, staff_id, at }) => {
    const [a, b] = [source.get(a_id), source.get(b_id)]
    return a && b ? [{ a, b, agency: agency_id, staff: staff_id, at }] : []
  })
}
