import { sql } from 'kysely'
import { calendarOf, clockOf } from '../../partnership/index.ts'
import {
  asProduct,
  dataKeyOf,
  dueAt,
  enqueue,
  hasRole,
  inTransaction,
  isId,
  newId,
  NotFound,
  record,
  type Keys,
  type PersonViewer,
  type Span,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { openWords, sealWord } from '../sealed.ts'

export const messageKinds = ['not safe', 'please stop'] as const
export type MessageKind = (typeof messageKinds)[number]

/**
 * How soon somebody answers while the office is open: by the partnership's own clock, or by this where it was opened
 * before there was one. Whoever cannot wait is told first whom to ring.
 */
const clocks: Record<MessageKind, { code: string; otherwise: Span }> = {
  'not safe': { code: 'own-not-safe', otherwise: { amount: 1, unit: 'working-hours' } },
  'please stop': { code: 'own-please-stop', otherwise: { amount: 2, unit: 'working-days' } },
}

/** The job that is left for the moment by which somebody answers. */
export const messageLate = 'own message late'

/** "I don't feel safe", or "please stop": kept with the moment by which it is answered, before their own workers at once. */
export const sayMessage = (
  tx: Tx,
  keys: Keys,
  viewer: PersonViewer,
  { kind, words, reach }: { kind: MessageKind; words: string; reach: string },
  at: Date,
): Promise<Date> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership, subject } = viewer
      const id = newId()
      const key = await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject })
      const { code, otherwise } = clocks[kind]
      const clock = await clockOf(inner, partnership, code, at)
      const due_at = dueAt(at, clock ?? otherwise, await calendarOf(inner, partnership))
      await inner
        .insertInto('own_message')
        .values({
          partnership_id: partnership,
          id,
          subject_id: subject,
          agency_id: viewer.through,
          way_id: viewer.way,
          kind,
          words_sealed: sealWord(key, 'own_message', 'words', id, words),
          reach_sealed: sealWord(key, 'own_message', 'reach', id, reach),
          key_id: key.id,
          said_at: at,
          due_at,
        })
        .execute()
      await record(
        inner,
        viewer,
        kind === 'not safe' ? 'unsafe said' : 'stop said',
        { kind: 'person', id: subject },
        { message: id },
      )
      if (kind === 'not safe') await enqueue(inner, viewer, messageLate, { message: id }, { at: due_at })
      return due_at
    }),
  )

/** The answer, which they read on their own page. Once. @throws {NotFound} where there is nothing to answer */
export const answerMessage = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, message, words }: { subject: string; message: string; words: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!isId(message)) throw new NotFound()
      const { partnership } = viewer
      const key = await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject })
      const sealed = sealWord(key, 'own_message_answer', 'words', message, words)
      const made = await sql`insert into own_message_answer
          (partnership_id, message_id, subject_id, agency_id, words_sealed, key_id, answered_by, answered_at)
        select m.partnership_id, m.id, m.subject_id, ${viewer.agency}::uuid, ${sealed}, ${key.id}::uuid, ${viewer.staff}::uuid,
          ${at}::timestamptz
        from own_message m where m.partnership_id = ${partnership} and m.id = ${message} and m.subject_id = ${subject}
        on conflict do nothing`.execute(inner)
      if (!made.numAffectedRows) throw new NotFound()
      await record(inner, viewer, 'message answered', { kind: 'person', id: subject }, { message })
    }),
  )

export type OwnMessage = {
  id: string
  kind: MessageKind
  words: string
  reach: string
  said_at: Date
  due_at: Date
  answer: string
  answered_at: Date | null
  /** When nobody had answered in time, and managers were asked to. */
  escalated_at: Date | null
}
/** What the person said from their own page and what was answered, the newest first. The caller may read it. */
export const messagesOf = (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<OwnMessage[]> =>
  asProduct(tx, async () => {
    type Row = Omit<OwnMessage, 'words' | 'reach' | 'answer'> & {
      words_sealed: Buffer | null
      reach_sealed: Buffer | null
      key_id: string
    }
    const { rows } = await sql<Row>`select m.id, m.kind, m.words_sealed, m.reach_sealed, m.key_id, m.said_at, m.due_at,
        a.answered_at, (select min(e.escalated_at) from own_message_escalation e
          where e.partnership_id = m.partnership_id and e.message_id = m.id) as escalated_at
      from own_message m left join own_message_answer a on a.partnership_id = m.partnership_id and a.message_id = m.id
      where m.partnership_id = ${partnership} and m.subject_id = ${subject} order by m.said_at desc, m.id`.execute(tx)
    const { rows: answered } = await sql<{ id: string; words_sealed: Buffer; key_id: string }>`
      select message_id as id, words_sealed, key_id from own_message_answer
      where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
    const said = await openWords(tx, keys, partnership, { table: 'own_message', columns: ['words', 'reach'], rows })
    const answers = await openWords(tx, keys, partnership, {
      table: 'own_message_answer',
      columns: ['words'],
      rows: answered,
    })
    return said.map((one) => ({ ...one, answer: answers.find(({ id }) => id === one.id)?.words ?? '' }))
  })

export type OpenMessage = {
  id: string
  subject_id: string
  reference: string
  kind: MessageKind
  due_at: Date
  /** Which agency's managers were asked to answer, and when. */
  passed_to: string | null
  escalated_at: Date | null
}
/**
 * What waits for an answer: of the people this worker leads or is the trusted adult of, and for a manager of the agency
 * whose worker leads, or which it was passed to. Nobody who is too close. What is due first comes first.
 */
export const messagesToAnswer = (tx: Tx, viewer: StaffViewer, now: Date): Promise<OpenMessage[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<OpenMessage>`
      select m.id, m.subject_id, s.reference, m.kind, m.due_at, e.name as passed_to, e.escalated_at
      from own_message m join subject s on s.partnership_id = m.partnership_id and s.id = m.subject_id
        left join lateral (select e.agency_id, e.escalated_at, g.name from own_message_escalation e
          join agency g on g.partnership_id = e.partnership_id and g.id = e.agency_id
          where e.partnership_id = m.partnership_id and e.message_id = m.id
          order by (e.agency_id = ${viewer.agency}) desc limit 1) e on true
      where m.partnership_id = ${viewer.partnership} and s.erased_at is null
        and not exists (select from own_message_answer a where a.partnership_id = m.partnership_id and a.message_id = m.id)
        and (${hasRole(viewer, 'manager')} and e.agency_id = ${viewer.agency}
          or exists (select from involvement i where i.partnership_id = m.partnership_id and i.subject_id = m.subject_id
          and i.role in ('lead', 'trusted adult') and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now})
          and (i.staff_id = ${viewer.staff} or ${hasRole(viewer, 'manager')} and i.agency_id = ${viewer.agency})))
        and not exists (select from conflict c where c.partnership_id = m.partnership_id and c.subject_id = m.subject_id
          and c.staff_id = ${viewer.staff} and c.lifted_at is null)
      order by m.due_at, m.id limit 200`.execute(tx)
    return rows
  })
