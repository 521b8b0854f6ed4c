import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Tx } from '../../platform/index.ts'
import { writtenBy, type CardName, type Readers, type Writer } from './story.ts'

type Of = { card: CardName } | { row: string }

/** Keeps who may read a card, or one thing that was said. The earlier choice stays as a row and counts no more. */
export const chooseReaders = (
  tx: Tx,
  writer: Writer,
  subject: { id: string; adult_from: string | null },
  of: Of,
  { readers, agencies }: Readers,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = writer
      const { agency, staff } = writtenBy(writer)
      const [card, row] = 'card' in of ? [of.card, null] : [null, of.row]
      const id = newId()
      await sql`update reading_choice set replaced_at = ${at} where partnership_id = ${partnership}
        and subject_id = ${subject.id} and replaced_at is null
        and (card = ${card}::text or row_id = ${row}::uuid)`.execute(inner)
      await inner
        .insertInto('reading_choice')
        .values({
          partnership_id: partnership,
          id,
          subject_id: subject.id,
          agency_id: agency,
          card,
          row_id: row,
          readers,
          entered_by: staff,
          chosen_at: at,
        })
        .execute()
      if (readers === 'agencies' && agencies.length > 0)
        await inner
          .insertInto('reading_agency')
          .values(
            [...new Set(agencies)].map((reader_id) => ({
              partnership_id: partnership,
              choice_id: id,
              reader_id,
              agency_id: agency,
            })),
          )
          .execute()
      await record(inner, writer, 'readers chosen', { kind: 'person', id: subject.id }, { choice: id, readers })
    }),
  )
