import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { openWords, sealWord } from '../sealed.ts'
import type { Asked, AskedCode, Met, OwnOutcome, Point } from './voice.ts'

export type OutcomesSaid = {
  point: Point
  asked: AskedCode
  asked_on: string
  /** New outcomes, in the person's words. */
  words: readonly string[]
  /** How far each earlier one is met, by its id. */
  met: ReadonlyMap<string, Met>
}

/** Writes down whether an adult was asked what they want to come of it, what they said, and how far each is met. */
export const askOutcomes = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  { point, asked, asked_on, words, met }: OutcomesSaid,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const by = { agency_id: viewer.agency, entered_by: viewer.staff, entered_at: at }
      const of = { partnership_id: viewer.partnership, subject_id: subject.id, ...by }
      const { adult_from } = subject
      await inner
        .insertInto('outcomes_asked')
        .values({ ...of, id: newId(), adult_from, point, asked, asked_on })
        .execute()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id })
      for (const said of words) {
        const id = newId()
        const words_sealed = sealWord(key, 'own_outcome', 'words', id, said)!
        await inner
          .insertInto('own_outcome')
          .values({ ...of, id, adult_from, words_sealed, key_id: key.id })
          .execute()
      }
      for (const [outcome_id, how] of met)
        await inner
          .insertInto('own_outcome_met')
          .values({ ...of, id: newId(), outcome_id, point, met: how, said_on: asked_on })
          .execute()
      await record(inner, viewer, 'outcomes asked', { kind: 'person', id: subject.id }, { point, asked })
    }),
  )

/** Whether they were asked, at each point, and their own outcomes with how far each was met: what this viewer may read. */
export const outcomesOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<{ asked: Asked[]; outcomes: OwnOutcome[] }> => {
  const of = sql`partnership_id = ${partnership} and subject_id = ${subject}`
  const { rows: asked } = await sql<Asked>`select point, asked, asked_on::text as asked_on from outcomes_asked
    where ${of} order by asked_on, entered_at`.execute(tx)
  const { rows } = await sql<{ id: string; words_sealed: Buffer; key_id: string }>`
    select id, words_sealed, key_id from own_outcome where ${of} order by entered_at, id`.execute(tx)
  const { rows: met } = await sql<OwnOutcome['met'][number] & { outcome_id: string }>`
    select outcome_id, point, met, said_on::text as said_on from own_outcome_met
    where ${of} order by said_on, entered_at`.execute(tx)
  const opened = await openWords(tx, keys, partnership, { table: 'own_outcome', columns: ['words'], rows })
  return {
    asked,
    outcomes: opened.map((one) => ({ ...one, met: met.filter(({ outcome_id }) => outcome_id === one.id) })),
  }
}
