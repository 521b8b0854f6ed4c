import { sql } from 'kysely'
import {
  asProduct,
  dataKeys,
  hasRole,
  isFrontDoor,
  openText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { existingFor } from '../../subjects/index.ts'
import type { DisputeFacts, DisputeWords, StepTaken } from './dispute.ts'

const facts = sql`d.id, d.subject_id, d.concern_id, coalesce(s.reference, c.reference) as reference, d.agency_id,
  d.other_agency_id, d.about, d.holder_id, d.holder_agency_id, d.answer_by::text as answer_by, d.raised_by, d.raised_at,
  (select b.step from boundary_step b where b.partnership_id = d.partnership_id and b.dispute_id = d.id
    and b.step in ('to managers', 'to guardian') order by b.step limit 1) as level,
  (select b.taken_at from boundary_step b where b.partnership_id = d.partnership_id and b.dispute_id = d.id
    and b.step = 'resolved') as resolved_at,
  s.agency_id as supplier, s.adult_from::text as adult_from, coalesce(s.handling::int, 0) as handling`
const from = sql`from boundary_dispute d
  left join subject s on s.partnership_id = d.partnership_id and s.id = d.subject_id
  left join concern c on c.partnership_id = d.partnership_id and c.id = d.concern_id`

type Row = DisputeFacts & { supplier: string; adult_from: string | null; handling: 0 | 1 | 2 }
const most = 100

/**
 * Disputes that lie with the viewer: their agency's, of people of whom the agreement lets them read the facts; the front
 * door's, about concerns; and for the guardian those that the clock brought there. By reference, none of the words.
 */
export const disputesFor = async (
  tx: Tx,
  viewer: StaffViewer,
  { now, zone, only }: { now: Date; zone: string; only?: string },
): Promise<DisputeFacts[]> => {
  const guards = hasRole(viewer, 'guardian')
  const rows = await asProduct(tx, async () => {
    const { rows: found } = await sql<Row>`select ${facts} ${from}
      where d.partnership_id = ${viewer.partnership} and (${only ?? null}::uuid is null or d.id = ${only ?? null}::uuid)
        and s.erased_at is null and (${viewer.agency} in (d.agency_id, d.other_agency_id, d.holder_agency_id)
          or ${isFrontDoor(viewer)} and d.concern_id is not null
          or ${guards} and exists (select from boundary_step b where b.partnership_id = d.partnership_id
            and b.dispute_id = d.id and b.step = 'to guardian'))
        and not exists (select from conflict x where x.partnership_id = d.partnership_id and x.subject_id = d.subject_id
          and x.staff_id = ${viewer.staff} and x.lifted_at is null)
      order by resolved_at nulls first, d.answer_by, d.id limit ${most}`.execute(tx)
    return found
  })
  const people = rows.flatMap((row) => (row.subject_id ? [{ ...row, subject: row.subject_id }] : []))
  const there = await existingFor(tx, viewer, people, { now, zone, glass: false, dataClass: 'D4' })
  const known = new Set(there.map(({ id }) => id))
  return rows.filter(
    ({ id, concern_id, level }) =>
      known.has(id) || (concern_id !== null && isFrontDoor(viewer)) || (guards && level === 'to guardian'),
  )
}

/** Disputes about one person that row-level security shows this viewer, those that are open first. */
export const disputesOf = async (tx: Tx, partnership: string, subject: string): Promise<DisputeFacts[]> => {
  const { rows } = await sql<Row>`select ${facts} ${from} where d.partnership_id = ${partnership}
    and d.subject_id = ${subject} order by resolved_at nulls first, d.answer_by, d.id`.execute(tx)
  return rows
}

/** What was said in a dispute, where row-level security shows it to this viewer; undefined where it does not. */
export const wordsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  dispute: string,
): Promise<DisputeWords | undefined> => {
  type Sealed = {
    key_id: string
    words_sealed: Buffer
    other_words_sealed: Buffer | null
    holder_name_sealed: Buffer | null
  }
  const { rows } = await sql<Sealed>`select key_id, words_sealed, other_words_sealed, holder_name_sealed
    from boundary_dispute where partnership_id = ${partnership} and id = ${dispute}`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  type Step = Omit<StepTaken, 'words'> & { key_id: string | null; words_sealed: Buffer | null }
  const { rows: steps } = await sql<Step>`select id, step, words_sealed, key_id, taken_by, taken_at,
      from_holder_id, to_holder_id, to_agency_id from boundary_step
    where partnership_id = ${partnership} and dispute_id = ${dispute} order by taken_at, id`.execute(tx)
  const opened = await dataKeys(tx, keys, partnership, [row.key_id, ...steps.flatMap(({ key_id }) => key_id ?? [])])
  const key = opened.get(row.key_id)
  if (!key) return undefined
  const open = (column: string, sealed: Buffer | null): string =>
    sealed ? openText(key, { table: 'boundary_dispute', column, row: dispute }, sealed) : ''
  return {
    words: open('words', row.words_sealed),
    other_words: open('other_words', row.other_words_sealed),
    holder_name: open('holder_name', row.holder_name_sealed),
    steps: steps.map(({ key_id, words_sealed, ...step }) => {
      const of = key_id ? opened.get(key_id) : undefined
      const place = { table: 'boundary_step', column: 'words', row: step.id }
      return { ...step, words: of && words_sealed ? openText(of, place, words_sealed) : '' }
    }),
  }
}

export type InHands = { holds: DisputeFacts[]; passed: DisputeFacts[] }
const told_for = 7 * 86_400_000

/** What somebody holds by name until agencies agree, and what was taken off them in the last days: whoever it is, both are told. */
export const inHandsOf = async (
  tx: Tx,
  viewer: StaffViewer,
  { now, zone }: { now: Date; zone: string },
): Promise<InHands> => {
  const since = new Date(now.getTime() - told_for)
  const ids = await asProduct(tx, async () => {
    const { rows } = await sql<{ id: string }>`select dispute_id as id from boundary_step
      where partnership_id = ${viewer.partnership} and from_holder_id = ${viewer.staff} and taken_at > ${since}
      union select id from boundary_dispute where partnership_id = ${viewer.partnership} and holder_id = ${viewer.staff}`.execute(
      tx,
    )
    return new Set(rows.map(({ id }) => id))
  })
  if (ids.size === 0) return { holds: [], passed: [] }
  const open = (await disputesFor(tx, viewer, { now, zone })).filter((one) => ids.has(one.id) && !one.resolved_at)
  return {
    holds: open.filter(({ holder_id }) => holder_id === viewer.staff),
    passed: open.filter(({ holder_id }) => holder_id !== viewer.staff),
  }
}
