import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  record,
  sealText,
  type Keys,
  type Tx,
} from '../../platform/index.ts'
import { chooseReaders } from './choose-readers.ts'
import { writtenBy, type CardName, type How, type Readers, type Writer } from './story.ts'

export type CardSaid = { card: CardName; how: How; words: string; said_on: string } & Readers

/**
 * A new version of a card, in the person's words, with who may read every version of it. The earlier version stays.
 * Two who write one card take turns: the later is the version that stands.
 */
export const writeCard = (
  tx: Tx,
  keys: Keys,
  writer: Writer,
  subject: { id: string; adult_from: string | null },
  said: CardSaid,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = writer
      const { agency, staff } = writtenBy(writer)
      const { card, how, words, said_on } = said
      await sql`select pg_advisory_xact_lock(hashtextextended(${`${subject.id} ${card}`}, 0))`.execute(inner)
      const id = newId()
      const key = await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject.id })
      await sql`update story_card set replaced_at = ${at} where partnership_id = ${partnership}
        and subject_id = ${subject.id} and card = ${card} and replaced_at is null`.execute(inner)
      await inner
        .insertInto('story_card')
        .values({
          partnership_id: partnership,
          id,
          subject_id: subject.id,
          agency_id: agency,
          adult_from: subject.adult_from,
          card,
          how,
          words_sealed: sealText(key, { table: 'story_card', column: 'words', row: id }, words),
          key_id: key.id,
          said_on,
          entered_by: staff,
          entered_at: at,
        })
        .execute()
      await chooseReaders(inner, writer, subject, { card }, said, at)
      await record(inner, writer, 'story written', { kind: 'person', id: subject.id }, { card: id })
    }),
  )
