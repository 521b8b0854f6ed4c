import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  isId,
  newId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { openWords, sealWord } from '../sealed.ts'
import type { Stage } from './voice.ts'

export type YouSaid = { id: string; said: string; did: string; published_at: Date }

/** What people said and what was done, for everybody to read, the newest first. */
export const youSaid = async (tx: Tx, partnership: string): Promise<YouSaid[]> => {
  const { rows } = await sql<YouSaid>`select id, said, did, published_at from you_said
    where partnership_id = ${partnership} and withdrawn_at is null order by published_at desc, id limit 200`.execute(tx)
  return rows
}

export const publishYouSaid = (
  tx: Tx,
  viewer: StaffViewer,
  { said, did }: Pick<YouSaid, 'said' | 'did'>,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const of = { partnership_id: viewer.partnership, id, published_by: viewer.staff, published_at: at }
      await inner
        .insertInto('you_said')
        .values({ ...of, said, did })
        .execute()
      await record(inner, viewer, 'you said published', { kind: 'you said', id })
    }),
  )

/** @throws {NotFound} for what is not on the list */
export const withdrawYouSaid = (tx: Tx, viewer: StaffViewer, id: string, at: Date): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!isId(id)) throw new NotFound()
      const gone = await sql`update you_said set withdrawn_at = ${at}
        where partnership_id = ${viewer.partnership} and id = ${id} and withdrawn_at is null`.execute(inner)
      if (!gone.numAffectedRows) throw new NotFound()
      await record(inner, viewer, 'you said withdrawn', { kind: 'you said', id })
    }),
  )

export const heardWords = ['heard', 'partly', 'not heard'] as const
export type Heard = (typeof heardWords)[number]
type Given = { subject: string | null; agency: string; stage: Stage; heard: Heard; words: string; said_on: string }

/** How it was, in one of three words. Without a subject nobody can say whose it is. */
export const giveFeedback = (tx: Tx, keys: Keys, partnership: string, given: Given): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { subject, agency, stage, heard, words, said_on } = given
      const id = newId()
      const owner = subject
        ? ({ kind: 'subject', id: subject } as const)
        : ({ kind: 'partnership', id: partnership } as const)
      const key = await dataKeyOf(inner, keys, partnership, owner)
      const words_sealed = sealWord(key, 'feedback', 'words', id, words)
      await inner
        .insertInto('feedback')
        .values({
          partnership_id: partnership,
          id,
          agency_id: agency,
          subject_id: subject,
          stage,
          heard,
          words_sealed,
          key_id: words_sealed && key.id,
          said_on,
        })
        .execute()
    }),
  )

export type FeedbackCount = { stage: Stage; heard: number; partly: number; not: number }
/**
 * How people said it was, by stage, and what they added without a name: for a manager to answer. What somebody said
 * under their own name stays with whoever works with them.
 */
export const feedbackGiven = (
  tx: Tx,
  keys: Keys,
  partnership: string,
): Promise<{ counts: FeedbackCount[]; said: string[] }> =>
  asProduct(tx, async () => {
    const { rows: counts } = await sql<FeedbackCount>`
      select stage, count(*) filter (where heard = 'heard')::int as heard, count(*) filter (where heard = 'partly')::int as partly,
        count(*) filter (where heard = 'not heard')::int as "not"
      from feedback where partnership_id = ${partnership} group by stage order by stage`.execute(tx)
    const { rows } = await sql<{ id: string; words_sealed: Buffer; key_id: string }>`
      select id, words_sealed, key_id from feedback where partnership_id = ${partnership} and subject_id is null
        and words_sealed is not null order by said_on desc, id limit 100`.execute(tx)
    const opened = await openWords(tx, keys, partnership, { table: 'feedback', columns: ['words'], rows })
    return { counts, said: opened.map(({ words }) => words) }
  })

export type FeedbackGiven = { stage: Stage; heard: Heard; words: string; said_on: string }
/** How somebody said it was under their own name: for whoever is in their circle. */
export const feedbackFrom = (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<FeedbackGiven[]> =>
  asProduct(tx, async () => {
    // What has no words has no key, and is told all the same.
    const { rows } = await sql<FeedbackGiven & { id: string; words_sealed: Buffer | null; key_id: string | null }>`
      select id, stage, heard, said_on::text as said_on, words_sealed, key_id from feedback
      where partnership_id = ${partnership} and subject_id = ${subject} order by said_on desc, id`.execute(tx)
    const sealed = rows.filter((row): row is typeof row & { key_id: string } => row.key_id !== null)
    const opened = await openWords(tx, keys, partnership, { table: 'feedback', columns: ['words'], rows: sealed })
    const said = new Map(opened.map(({ id, words }) => [id, words]))
    return rows.map(({ id, stage, heard, said_on }) => ({ stage, heard, said_on, words: said.get(id) ?? '' }))
  })
