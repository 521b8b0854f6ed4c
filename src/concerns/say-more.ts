import { sql } from 'kysely'
import {
  enqueue,
  inTransaction,
  isId,
  newId,
  NotFound,
  record,
  type DataKey,
  type Db,
  type Keys,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { keepFile } from './attachment-store.ts'
import { startClock } from './clock.ts'
import type { Prepared } from './concern.ts'
import { keyOfRow, opened, sealed, wrappedKey } from './sealed.ts'

/*
 * What whoever said something may say afterwards: answer a question, add more, say that they were not heard. They come
 * with the receipt, or signed in as the member of staff who sent it; the database lets nobody else.
 */
type Said = { concern: string; words: string; at: Date }

const last_step = 3

/** Answers a question of the front door. @throws {NotFound} when there is no such question for this asker */
export const answer = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  { question, ...said }: Said & { question: string },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { agency, key } = await oneAtATime(tx, keys, viewer, said.concern)
    const asked = isId(question)
      ? await tx
          .selectFrom('message')
          .select('id')
          .where('partnership_id', '=', viewer.partnership)
          .where('concern_id', '=', said.concern)
          .where('id', '=', question)
          .where('kind', '=', 'question')
          .executeTakeFirst()
      : undefined
    if (!asked) throw new NotFound()
    if (!(await keepMessage(tx, key, viewer, agency, 'answer', said, question))) return
    await record(tx, viewer, 'reporter answered', { kind: 'concern', id: said.concern }, { question })
    await enqueue(tx, viewer, 'reporter said more', { concern: said.concern })
  })

/** Adds words, files or both to what was said. */
export const addMore = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  { files = [], ...said }: Said & { files?: readonly Prepared[] },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const { agency, key } = await oneAtATime(tx, keys, viewer, said.concern)
    if (!(await keepMessage(tx, key, viewer, agency, 'more', said)) && files.length === 0) return
    const of = { partnership_id: viewer.partnership, agency_id: agency, concern_id: said.concern }
    for (const file of files) await keepFile(tx, key, of, file)
    await record(tx, viewer, 'reporter said more', { kind: 'concern', id: said.concern }, { files: files.length })
    await enqueue(tx, viewer, 'reporter said more', { concern: said.concern })
  })

/**
 * "I was not heard": starts the next of three steps, each with its own clock and its own answerer.
 * @returns which step, or why none was started
 */
export const notHeard = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  said: Said,
): Promise<{ step: number } | 'already raised' | 'no step left'> =>
  inTransaction(db, async (tx) => {
    const { agency, key } = await oneAtATime(tx, keys, viewer, said.concern)
    const before = await tx
      .selectFrom('escalation')
      .select(['step', 'answered_at'])
      .where('partnership_id', '=', viewer.partnership)
      .where('concern_id', '=', said.concern)
      .execute()
    if (before.some(({ answered_at }) => answered_at === null)) return 'already raised'
    const step = 1 + Math.max(0, ...before.map((one) => one.step))
    if (step > last_step) return 'no step left'
    const message = await keepMessage(tx, key, viewer, agency, 'not heard', said)
    if (!message) return 'already raised'
    const id = newId()
    await tx
      .insertInto('escalation')
      .values({
        partnership_id: viewer.partnership,
        id,
        key_id: key.id,
        concern_id: said.concern,
        agency_id: agency,
        step,
        message_id: message,
        raised_at: said.at,
      })
      .execute()
    await startClock(tx, viewer, {
      concern: said.concern,
      agency,
      clock: `not-heard-step-${step}`,
      from: said.at,
      of: id,
    })
    await record(tx, viewer, 'not heard raised', { kind: 'concern', id: said.concern }, { escalation: id, step })
    await enqueue(tx, viewer, 'not heard raised', { concern: said.concern, escalation: id })
    return { step }
  })

/**
 * Two presses of one button take turns. Whoever may read a concern this way may not lock its row, so its name is locked.
 * @returns the agency that holds the concern, and its data key
 * @throws {NotFound} when the asker may not see it
 */
const oneAtATime = async (
  tx: Tx,
  keys: Keys,
  viewer: Viewer,
  concern: string,
): Promise<{ agency: string; key: DataKey }> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${concern}, 0))`.execute(tx)
  const row = await tx
    .selectFrom('concern')
    .select(['agency_id', 'key_id'])
    .select(wrappedKey(viewer.partnership, 'concern.key_id').as('wrapped'))
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', concern)
    .executeTakeFirst()
  if (!row) throw new NotFound()
  return { agency: row.agency_id, key: await keyOfRow(tx, keys, viewer.partnership, row) }
}

const again_ms = 10 * 60_000

/** Keeps words from the reporter. The same words again within minutes are the same press of a button, and are kept once. */
const keepMessage = async (
  tx: Tx,
  key: DataKey,
  viewer: Viewer,
  agency_id: string,
  kind: 'answer' | 'more' | 'not heard',
  { concern, words, at }: Said,
  answers_id: string | null = null,
): Promise<string | undefined> => {
  if (!/\S/.test(words) && kind === 'more') return undefined
  const said = { partnership_id: viewer.partnership, concern_id: concern, kind, words, answers_id }
  const before = await tx
    .selectFrom('message')
    .select(['id', 'words', 'key_id'])
    .where('partnership_id', '=', viewer.partnership)
    .where('concern_id', '=', concern)
    .where('kind', '=', kind)
    .where(sql<boolean>`answers_id is not distinct from ${answers_id}::uuid`)
    .where('sent_at', '>', new Date(at.getTime() - again_ms))
    .execute()
  const open = new Map([[key.id, key]])
  if (before.some((message) => opened(open, 'message', message).words === words)) return undefined
  const id = newId()
  await tx
    .insertInto('message')
    .values(
      sealed(key, 'message', {
        ...said,
        id,
        agency_id,
        direction: 'from reporter',
        staff_id: viewer.kind === 'staff' ? viewer.staff : null,
        sent_at: at,
      }),
    )
    .execute()
  return id
}
