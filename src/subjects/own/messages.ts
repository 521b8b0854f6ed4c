import { sql } from 'kysely'
import { calendarOf } from '../../partnership/index.ts'
import {
  asProduct,
  dataKeyOf,
  dueAt,
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

/** How soon somebody answers while the office is open. Whoever cannot wait is told first whom to ring. */
const clocks: Record<MessageKind, Span> = {
  'not safe': { amount: 1, unit: 'working-hours' },
  'please stop': { amount: 2, unit: 'working-days' },
}

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
      const due_at = dueAt(at, clocks[kind], await calendarOf(inner, partnership))
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
        a.answered_at
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

export type OpenMessage = { id: string; subject_id: string; reference: string; kind: MessageKind; due_at: Date }
/**
 * What waits for an answer: of the people this worker leads or is the trusted adult of, and for a manager of the agency
 * whose worker leads. Nobody who is too close. What is due first comes first.
 */
export const messagesToAnswer = (tx: Tx, viewer: StaffViewer, now: Date): Promise<OpenMessage[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<OpenMessage>`
      select m.id, m.subject_id, s.reference, m.kind, m.due_at
      from own_message m join subject s on s.partnership_id = m.partnership_id and s.id = m.subject_id
      where m.partnership_id = ${viewer.partnership} and s.erased_at is null
        and not exists (select from own_message_answer a where a.partnership_id = m.partnership_id and a.message_id = m.id)
        and exists (select from involvement i where i.partnership_id = m.partnership_id and i.subject_id = m.subject_id
          and i.role in ('lead', 'trusted adult') and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now})
          and (i.staff_id = ${viewer.staff} or ${hasRole(viewer, 'manager')} and i.agency_id = ${viewer.agency}))
        and not exists (select from conflict c where c.partnership_id = m.partnership_id and c.subject_id = m.subject_id
          and c.staff_id = ${viewer.staff} and c.lifted_at is null)
      order by m.due_at, m.id limit 200`.execute(tx)
    return rows
  })
