import { sql } from 'kysely'
import { calendarOf } from '../partnership/index.ts'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  inTransaction,
  isId,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type PersonViewer,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { dueOn } from './access/due.ts'
import { existingFor } from './existing-for.ts'
import { amendEntry } from './amend-entry.ts'
import type { Entry } from './chronology.ts'
import type { SubjectFacts } from './queries.ts'

export const saidBy = ['person', 'parent', 'other'] as const

export type Dispute = {
  id: string
  entry_id: string
  agency_id: string
  said_by: (typeof saidBy)[number]
  words: string
  said_on: string
  due_on: string
  outcome: 'corrected' | 'stands' | null
  correction_id: string | null
  why: string | null
  answered_at: Date | null
}

/** What was said against entries, and what was answered. The caller shows it beside entries that the viewer sees, and nowhere else. */
export const disputesOf = (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Dispute[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<
      Omit<Dispute, 'words' | 'why'> & { words_sealed: Buffer; why_sealed: Buffer | null; key_id: string }
    >`select d.id, d.entry_id, d.agency_id, d.said_by, d.words_sealed, d.key_id, d.said_on::text as said_on,
        d.due_on::text as due_on, a.outcome, a.correction_id, a.why_sealed, a.answered_at
      from entry_dispute d left join entry_dispute_answer a on a.partnership_id = d.partnership_id and a.dispute_id = d.id
      where d.partnership_id = ${partnership} and d.subject_id = ${subject} order by d.entered_at, d.id`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      partnership,
      rows.map(({ key_id }) => key_id),
    )
    return rows.flatMap(({ words_sealed, why_sealed, key_id, ...row }) => {
      const key = opened.get(key_id)
      if (!key) return []
      const words = openText(key, { table: 'entry_dispute', column: 'words', row: row.id }, words_sealed)
      const why = why_sealed && openText(key, { table: 'entry_dispute_answer', column: 'why', row: row.id }, why_sealed)
      return [{ ...row, words, why }]
    })
  })

/** What waits for an answer of the viewer's agency, of entries that the viewer may see. */
export const disputesDue = async (
  tx: Tx,
  { partnership, agency }: StaffViewer,
  subject: string,
): Promise<{ id: string; entry_id: string; due_on: string }[]> => {
  const waiting = await asProduct(tx, async () => {
    const { rows } = await sql<{ id: string; entry_id: string; due_on: string }>`
      select d.id, d.entry_id, d.due_on::text as due_on from entry_dispute d
      where d.partnership_id = ${partnership} and d.subject_id = ${subject} and d.agency_id = ${agency}
        and not exists (select from entry_dispute_answer a where a.partnership_id = d.partnership_id and a.dispute_id = d.id)`.execute(
      tx,
    )
    return rows
  })
  const { rows: seen } = await sql<{ id: string }>`select id from entry where partnership_id = ${partnership}
    and id = any(${waiting.map(({ entry_id }) => entry_id)}::uuid[])`.execute(tx)
  return waiting.filter(({ entry_id }) => seen.some(({ id }) => id === entry_id))
}

type Said = { said_by: Dispute['said_by']; words: string; said_on: string; at: Date }
/**
 * Writes beside an entry that the person does not agree with it, in their words: what they told a worker, or wrote on
 * their own page. Whoever calls sees the entry.
 */
export const dispute = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer | PersonViewer,
  entry: Pick<Entry, 'id' | 'agency_id' | 'data_class' | 'handling'>,
  subject: string,
  said: Said,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject })
      const calendar = await calendarOf(inner, viewer.partnership)
      await inner
        .insertInto('entry_dispute')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject,
          entry_id: entry.id,
          agency_id: entry.agency_id,
          said_by: said.said_by,
          words_sealed: sealText(key, { table: 'entry_dispute', column: 'words', row: id }, said.words),
          key_id: key.id,
          said_on: said.said_on,
          due_on: dueOn({ asked_on: said.said_on, identity_on: null }, false, calendar),
          entered_by: viewer.kind === 'staff' ? viewer.staff : null,
          entered_agency_id: viewer.kind === 'staff' ? viewer.agency : null,
          entered_at: said.at,
          data_class: entry.data_class,
          handling: String(entry.handling),
        })
        .execute()
      const detail = { entry: entry.id, handling: entry.handling }
      await record(inner, viewer, 'entry disputed', { kind: 'person', id: subject }, detail)
    }),
  )

type Answering = { why: string; correction: string | null; at: Date }
/**
 * The agency whose entry it is answers: a later entry puts it right, or it stands, and why. The entry itself stays.
 * @throws {NotFound} for another agency, and when it was answered already
 */
export const answerDispute = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { entry, subject, dispute }: { entry: Entry; subject: SubjectFacts; dispute: string },
  { why, correction, at }: Answering,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (entry.agency_id !== viewer.agency || !isId(dispute)) throw new NotFound()
    const correction_id =
      correction === null ? null : await amendEntry(inner, keys, viewer, { entry, subject }, correction, at)
    await asProduct(inner, async () => {
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      const why_sealed = sealText(key, { table: 'entry_dispute_answer', column: 'why', row: dispute }, why)
      const made =
        await sql`insert into entry_dispute_answer (partnership_id, dispute_id, subject_id, agency_id, outcome,
          correction_id, why_sealed, key_id, answered_by, answered_at, data_class, handling)
        select d.partnership_id, d.id, d.subject_id, d.agency_id, ${correction_id ? 'corrected' : 'stands'},
          ${correction_id}::uuid, ${why_sealed}, ${key.id}::uuid, ${viewer.staff}::uuid, ${at}::timestamptz, d.data_class, d.handling
        from entry_dispute d where d.partnership_id = ${viewer.partnership} and d.id = ${dispute} and d.entry_id = ${entry.id}
        on conflict do nothing`.execute(inner)
      if (made.numAffectedRows === 0n) throw new NotFound()
      const detail = { entry: entry.id, handling: entry.handling, outcome: correction_id ? 'corrected' : 'stands' }
      await record(inner, viewer, 'entry dispute answered', { kind: 'person', id: subject.id }, detail)
    })
  })

export type OpenDispute = { id: string; subject_id: string; reference: string; agency: string; due_on: string }
/** Disagreements that the viewer's agency has to answer, of people who exist for the viewer, the first due first, by reference. */
export const disputesToAnswer = async (
  tx: Tx,
  viewer: StaffViewer,
  { now, zone }: { now: Date; zone: string },
): Promise<OpenDispute[]> => {
  type Row = OpenDispute & { subject: string; supplier: string; adult_from: string | null; handling: 0 | 1 | 2 }
  const rows = await asProduct(tx, async () => {
    const found = await sql<Row>`
      select d.id, d.subject_id, s.reference, g.name as agency, d.due_on::text as due_on,
        s.id as subject, s.agency_id as supplier, s.adult_from, s.handling::int as handling
      from entry_dispute d join subject s on s.partnership_id = d.partnership_id and s.id = d.subject_id
        join agency g on g.partnership_id = d.partnership_id and g.id = d.agency_id
      where d.partnership_id = ${viewer.partnership} and d.agency_id = ${viewer.agency} and s.erased_at is null
        and d.handling::int < 2
        and not exists (select from entry_dispute_answer a where a.partnership_id = d.partnership_id and a.dispute_id = d.id)
      order by d.due_on, d.id`.execute(tx)
    return found.rows
  })
  // Who is too close to somebody is left out by this as well.
  return existingFor(tx, viewer, rows, { now, zone })
}
