import { sql } from 'kysely'
import { calendarOf } from '../partnership/index.ts'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  inTransaction,
  newId,
  NotFound,
  openText,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { dueOn } from './access/due.ts'
import { answersFor, type AtHolder } from './access/right.ts'
import { eraseSubject } from './erase.ts'

/** Article 17(1) of the UK GDPR: why somebody may ask. */
export const grounds = ['not needed', 'consent withdrawn', 'objection', 'unlawful', 'legal duty'] as const
/** Article 17(3), and that none of the grounds is there: why it is refused. */
export const refusals = [
  'public task',
  'legal obligation',
  'legal claims',
  'public health',
  'research',
  'not a ground',
] as const

export type Erasure = {
  id: string
  subject_id: string
  reference: string
  agency: string
  ground: (typeof grounds)[number]
  said: string
  asked_on: string
  due_on: string
  refused: (typeof refusals)[number] | null
  why: string | null
  /** Who confirmed so far. */
  confirmed: { id: string; name: string }[]
}

/** Requests to be erased about a person whose record this viewer's agency holds; of one person, or all that are open. */
export const erasuresFor = (tx: Tx, keys: Keys, viewer: StaffViewer, subject?: string): Promise<Erasure[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<
      Omit<Erasure, 'said' | 'why'> & {
        said_sealed: Buffer
        why_sealed: Buffer | null
        key_id: string
        refused_by: string
      }
    >`select q.id, q.subject_id, s.reference, o.name as agency, q.ground, q.said_sealed, q.key_id, q.asked_on::text as asked_on,
        q.due_on::text as due_on, n.refusal as refused, n.why_sealed, n.answered_by as refused_by,
        coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name) order by e.answered_at)
          from erasure_answer e join account a on a.partnership_id = e.partnership_id and a.id = e.answered_by
          where e.partnership_id = q.partnership_id and e.request_id = q.id and e.answer = 'erase'), '[]'::json) as confirmed
      from erasure_request q
        join subject s on s.partnership_id = q.partnership_id and s.id = q.subject_id
        join agency o on o.partnership_id = q.partnership_id and o.id = q.agency_id
        left join lateral (select * from erasure_answer e where e.partnership_id = q.partnership_id and e.request_id = q.id
          and e.answer = 'refuse' order by e.answered_at limit 1) n on true
      where q.partnership_id = ${viewer.partnership} and s.erased_at is null
        and ${subject ? sql`q.subject_id = ${subject}` : sql`n.request_id is null`}
        and exists (select from subjects_facts r where r.partnership_id = q.partnership_id and r.subject_id = q.subject_id
          and ${answersFor(viewer, 'r.agency_id')})
        and not exists (select from conflict c where c.partnership_id = q.partnership_id and c.subject_id = q.subject_id
          and c.staff_id = ${viewer.staff} and c.lifted_at is null)
      order by q.due_on, q.id`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.map(({ key_id }) => key_id),
    )
    return rows.flatMap(({ said_sealed, why_sealed, key_id, refused_by, ...row }) => {
      const key = opened.get(key_id)
      if (!key) return []
      const said = openText(key, { table: 'erasure_request', column: 'said', row: row.id }, said_sealed)
      return [{ ...row, said, why: why_sealed && openText(key, placeOf(row.id, refused_by), why_sealed) }]
    })
  })

const placeOf = (request: string, by: string) => ({ table: 'erasure_answer', column: 'why', row: `${request} ${by}` })

type Asked = { agency: string; ground: Erasure['ground']; said: string; asked_on: string }
/** Writes down that somebody asks to be erased. From the day they asked a month runs. */
export const askErasure = (tx: Tx, keys: Keys, at: AtHolder, asked: Asked): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { viewer, subject, now } = at
      const id = newId()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      const calendar = await calendarOf(inner, viewer.partnership)
      await inner
        .insertInto('erasure_request')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject.id,
          agency_id: asked.agency,
          ground: asked.ground,
          said_sealed: sealText(key, { table: 'erasure_request', column: 'said', row: id }, asked.said),
          asked_on: asked.asked_on,
          due_on: dueOn({ asked_on: asked.asked_on, identity_on: null }, false, calendar),
          key_id: key.id,
          recorded_by: viewer.staff,
          recorded_at: now,
        })
        .execute()
      await record(inner, viewer, 'erasure asked', { kind: 'person', id: subject.id }, { erasure: id })
      return id
    }),
  )

type Answering = { answer: 'erase' | 'refuse'; refusal: Erasure['refused']; why: string }
/** `waits`: for a second person, or for somebody of another agency that supplied something. */
export type Answered = 'refused' | 'waits' | 'erased' | 'held' | 'worked with' | 'already yours' | 'refused before'

/**
 * Answers a request to be erased. It is refused by one; it takes two different people, and somebody who answers for
 * every agency that supplied something, before the data key is destroyed. A legal hold wins, and so does anybody who
 * works with the person: both are asked again at the last answer. What the caller read of it may be old by now: answers
 * are taken one after the other, and a refusal that came first stands.
 * @throws {NotFound} when somebody else's answer has erased the person meanwhile
 */
export const answerErasure = (
  tx: Tx,
  keys: Keys,
  at: AtHolder,
  erasure: Erasure,
  { answer, refusal, why }: Answering,
): Promise<Answered> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { viewer, subject, now } = at
      const there = await sql`select from subject
        where partnership_id = ${viewer.partnership} and id = ${subject.id} and erased_at is null for update`.execute(
        inner,
      )
      if (there.rows.length === 0) throw new NotFound()
      if (await refusedAlready(inner, at, erasure)) return 'refused before'
      const stopped = answer === 'erase' ? await whyNot(inner, at) : undefined
      if (stopped) return stopped
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      const made = await inner
        .insertInto('erasure_answer')
        .values({
          partnership_id: viewer.partnership,
          request_id: erasure.id,
          answered_by: viewer.staff,
          agency_id: viewer.agency,
          answer,
          refusal: answer === 'refuse' ? refusal : null,
          why_sealed: sealText(key, placeOf(erasure.id, viewer.staff), why),
          key_id: key.id,
          answered_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows === 0n) return 'already yours'
      const kind = answer === 'refuse' ? 'erasure refused' : 'erasure confirmed'
      await record(inner, viewer, kind, { kind: 'person', id: subject.id }, { erasure: erasure.id })
      if (answer === 'refuse') return 'refused'
      const confirmed = await confirmations(inner, at, erasure)
      if (confirmed.people.length < 2 || confirmed.missing > 0) return 'waits'
      const { classes, rows } = await eraseSubject(inner, viewer, subject.id, 'on request', now)
      const [first, second] = confirmed.people
      await sql`insert into destruction_certificate
        (partnership_id, id, rule_code, rule_label, classes, row_count, destroyed_at, first_by, second_by)
        values (${viewer.partnership}, ${newId()}, 'on request', ${certificate}, ${classes}::text[], ${rows}, ${now},
          ${first}, ${second})`.execute(inner)
      return 'erased'
    }),
  )

const refusedAlready = async (tx: Tx, { viewer }: AtHolder, { id }: Erasure): Promise<boolean> => {
  const { rows } = await sql`select from erasure_answer where partnership_id = ${viewer.partnership}
    and request_id = ${id} and answer = 'refuse'`.execute(tx)
  return rows.length > 0
}

/** What stands on the certificate in place of a rule. Data, not a sentence of the page: it stays as it was. */
const certificate = 'Erased at the person’s request (UK GDPR Article 17)'

const whyNot = async (tx: Tx, { viewer, subject, now }: AtHolder): Promise<'held' | 'worked with' | undefined> => {
  const { rows } = await sql<{ held: boolean; worked: boolean }>`select
    exists (select from legal_hold h where h.partnership_id = ${viewer.partnership} and h.subject_id = ${subject.id}
      and h.lifted_at is null) as held,
    exists (select from involvement i where i.partnership_id = ${viewer.partnership} and i.subject_id = ${subject.id}
      and i.role <> 'feed' and (i.to_at is null or i.to_at > ${now})) as worked`.execute(tx)
  return rows[0]?.held ? 'held' : rows[0]?.worked ? 'worked with' : undefined
}

/** Who confirmed, in order, and for how many agencies that supplied something nobody has. */
const confirmations = async (tx: Tx, { viewer, subject }: AtHolder, { id }: Erasure) => {
  const within = sql`e.partnership_id = ${viewer.partnership} and e.request_id = ${id} and e.answer = 'erase'`
  const { rows } = await sql<{ staff: string }>`
    select e.answered_by as staff from erasure_answer e where ${within} order by e.answered_at, e.answered_by`.execute(
    tx,
  )
  const missing = await sql<{ n: number }>`
    select count(distinct r.agency_id)::int as n
    from subjects_facts r join agency g on g.partnership_id = r.partnership_id and g.id = r.agency_id
    where r.partnership_id = ${viewer.partnership} and r.subject_id = ${subject.id}
      and not exists (select from erasure_answer e where ${within} and (e.agency_id = g.id
        or e.agency_id = g.parent_id and exists (select from role_grant o where o.partnership_id = e.partnership_id
          and o.account_id = e.answered_by and o.role = 'guardian' and o.ended_at is null)))`.execute(tx)
  return { people: rows.map(({ staff }) => staff), missing: missing.rows[0]?.n ?? 0 }
}
