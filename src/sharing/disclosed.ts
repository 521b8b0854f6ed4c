import { sql } from 'kysely'
import {
  asProduct,
  dataKeys,
  isId,
  NotFound,
  openText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import type { AgeFrame, DataClass, Handling, Refusal } from './decide.ts'
import { hasWords, waitsForSecond } from './answer-second.ts'
import { moreHarmful, type NotSharing, type Sharing } from './disclosure.ts'
import type { Register } from './register.ts'
import type { Ties } from './ties.ts'
import { withheldFrom, type Withheld } from './withheld.ts'

export type Disclosed = {
  id: string
  subject_id: string
  recipient_agency_id: string
  outcome: 'shared' | 'not shared'
  classes: DataClass[]
  kept: Handling
  purpose: string
  basis: string
  condition: string
  method: Sharing['method'] | null
  consent: Sharing['consent']
  person_told: boolean | null
  reason: NotSharing['reason'] | null
  decided_by: string
  decided_at: Date
  expires_on: string | null
  second_due_at: Date | null
  answers: { class: DataClass; refusal: Refusal | null; cite: string | null; title: string | null }[]
  answer: 'confirmed' | 'overturned' | null
  answered_by: string | null
  answered_at: Date | null
  /** An overturned one, once it has been shared with them after all. */
  settled: boolean
} & Record<Sealed, string | null>

const sealed = ['why', 'wishes', 'why_not_told', 'outside', 'recipient_name', 'recipient_role'] as const
type Sealed = (typeof sealed)[number] | 'second_words'
type Row = Omit<Disclosed, Sealed> &
  Record<`${Sealed}_sealed`, Buffer | null> & { key_id: string; second_key_id: string }

/** Every kind of detail has been shared with them since, for that purpose: at once or bit by bit. */
const settled = sql<boolean>`not exists (select from unnest(d.classes) c where not exists (
  select from disclosure l where l.partnership_id = d.partnership_id
    and l.subject_id = d.subject_id and l.agency_id = d.agency_id and l.recipient_agency_id = d.recipient_agency_id
    and l.outcome = 'shared' and l.decided_at > s.answered_at and l.purpose = d.purpose and c = any(l.classes)))`

const rowsWhere = async (tx: Tx, where: ReturnType<typeof sql>): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select d.id, d.subject_id, d.recipient_agency_id, d.outcome, d.classes::text[] as classes, d.kept::int as kept,
      d.purpose, d.basis, d.condition, d.method, d.consent, d.person_told, d.reason, d.decided_by, d.decided_at,
      d.expires_on, d.second_due_at, d.key_id, d.why_sealed, d.wishes_sealed, d.why_not_told_sealed, d.outside_sealed,
      d.recipient_name_sealed, d.recipient_role_sealed, s.answer, s.answered_by, s.answered_at,
      s.words_sealed as second_words_sealed, s.key_id as second_key_id, ${settled} as settled,
      coalesce((select json_agg(json_build_object('class', n.class, 'refusal', n.refusal,
          'cite', a.code || ' ' || c.number, 'title', c.title) order by n.class)
        from disclosure_answer n
        left join clause c on c.partnership_id = n.partnership_id and c.id = n.clause_id
        left join agreement_version v on v.partnership_id = c.partnership_id and v.id = c.version_id
        left join agreement a on a.partnership_id = v.partnership_id and a.id = v.agreement_id
        where n.partnership_id = d.partnership_id and n.disclosure_id = d.id), '[]') as answers
    from disclosure d
    left join disclosure_second s on s.partnership_id = d.partnership_id and s.disclosure_id = d.id
    where ${where} order by d.decided_at desc, d.id limit 200`.execute(tx)
  return rows
}

/** Opens the words; a decision whose key was destroyed is gone and is not among them. */
const opened = async (tx: Tx, keys: Keys, partnership: string, rows: readonly Row[]): Promise<Disclosed[]> => {
  const open = await dataKeys(
    tx,
    keys,
    partnership,
    rows.flatMap(({ key_id, second_key_id }) => [key_id, ...(second_key_id ? [second_key_id] : [])]),
  )
  return rows.flatMap(({ key_id, second_key_id, second_words_sealed, ...row }) => {
    const key = open.get(key_id)
    if (!key) return []
    const words = Object.fromEntries(
      sealed.map((column) => {
        const bytes = row[`${column}_sealed`]
        const at = { table: 'disclosure', column: column.replaceAll('_', ' '), row: row.id }
        return [column, bytes && openText(key, at, bytes)]
      }),
    ) as Record<(typeof sealed)[number], string | null>
    const second = second_words_sealed && open.get(second_key_id)
    const at = { table: 'disclosure_second', column: 'words', row: row.id }
    return [{ ...row, ...words, second_words: second ? openText(second, at, second_words_sealed) : null }]
  })
}

type Worker = StaffViewer & { stated: NonNullable<StaffViewer['stated']> }
/** What the gate of the subject found out about the viewer, and the subject's legal frame today. */
type Standing = { register: Register; ties: Ties; age: AgeFrame; now: Date }

/**
 * What the viewer's own agency shared of a subject and what it decided not to, the newest first. Whoever decided it reads
 * it; a colleague, when the agreement lets them read every kind of detail that it speaks of, kept as close as it is. The
 * rest is counted.
 */
export const disclosuresOf = async (
  tx: Tx,
  keys: Keys,
  viewer: Worker,
  subject: string,
  { age, ...standing }: Standing,
): Promise<{ told: Disclosed[]; withheld: Withheld[] }> => {
  const rows = await asProduct(tx, () =>
    rowsWhere(
      tx,
      sql`d.partnership_id = ${viewer.partnership} and d.subject_id = ${subject} and d.agency_id = ${viewer.agency}`,
    ),
  )
  const asker = { active: true, agency: viewer.agency, stated: viewer.stated }
  const against = ({ id, decided_by, classes, kept }: Row) =>
    decided_by === viewer.staff
      ? undefined
      : classes
          .map((dataClass) => ({ id, supplier: viewer.agency, dataClass, age, handling: kept }))
          .find((one) => withheldFrom([one], asker, standing).shown === 0)
  const kept = rows.flatMap((row) => against(row) ?? [])
  const left = new Set(kept.map(({ id }) => id))
  const told = rows.filter(({ id }) => !left.has(id))
  return {
    told: await opened(tx, keys, viewer.partnership, told),
    withheld: withheldFrom(kept, asker, standing).withheld,
  }
}

/** One of those that are read, to be shared after all; nothing where it is not of this subject or of another agency. */
export const disclosureOf = async (
  tx: Tx,
  keys: Keys,
  viewer: Worker,
  subject: string,
  id: string,
  standing: Standing,
): Promise<Disclosed | undefined> =>
  isId(id) ? (await disclosuresOf(tx, keys, viewer, subject, standing)).told.find((one) => one.id === id) : undefined

/** A decision that waits for this manager's answer, with its words. @throws {NotFound} when it is not theirs to answer */
export const secondOf = async (tx: Tx, keys: Keys, viewer: StaffViewer, id: string): Promise<Disclosed> => {
  if (!isId(id)) throw new NotFound()
  const rows = await asProduct(tx, () => rowsWhere(tx, sql`d.id = ${id} and ${waitsForSecond(viewer)}`))
  const [found] = await opened(tx, keys, viewer.partnership, rows)
  if (!found) throw new NotFound()
  return found
}

export type Pending = {
  id: string
  subject_id: string
  recipient_agency_id: string
  decided_by: string
  decided_at: Date
  due_at: Date
}

/** What waits for this manager's answer, the first due first: nothing of why. */
export const secondsWaiting = (tx: Tx, viewer: StaffViewer): Promise<Pending[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Pending>`
      select d.id, d.subject_id, d.recipient_agency_id, d.decided_by, d.decided_at,
        coalesce(d.second_due_at, d.decided_at) as due_at
      from disclosure d where ${waitsForSecond(viewer)} order by due_at, d.id limit 200`.execute(tx)
    return rows
  })

export type Overturned = Omit<Pending, 'due_at'> & { answered_by: string; answered_at: Date }

/**
 * Decisions not to share that a second manager overturned and that nobody has followed yet: one's own, and for a
 * manager those of the whole agency, so that none is lost with whoever decided it, as far as they are not sealed. Of
 * nobody the viewer is too close to; asked as the product, since a conflict is hidden from colleagues.
 */
export const overturnedFor = async (tx: Tx, viewer: StaffViewer): Promise<Overturned[]> => {
  const { rows } = await asProduct(tx, () =>
    sql<Overturned>`
    select d.id, d.subject_id, d.recipient_agency_id, d.decided_by, d.decided_at, s.answered_by, s.answered_at
    from disclosure d
    join disclosure_second s on s.partnership_id = d.partnership_id and s.disclosure_id = d.id and s.answer = 'overturned'
    where d.partnership_id = ${viewer.partnership} and d.agency_id = ${viewer.agency} and d.reason = ${moreHarmful}
      and (d.decided_by = ${viewer.staff} or ${viewer.roles.includes('manager')} and (d.kept < 2 or exists (
        select from named_person n where n.partnership_id = d.partnership_id and n.row_id = d.id
          and n.staff_id = ${viewer.staff} and n.ended_at is null)))
      and not ${settled} and ${hasWords}
      and not exists (select from conflict c where c.partnership_id = d.partnership_id and c.subject_id = d.subject_id
        and c.staff_id = ${viewer.staff} and c.lifted_at is null)
    order by s.answered_at, d.id limit 200`.execute(tx),
  )
  return rows
}
