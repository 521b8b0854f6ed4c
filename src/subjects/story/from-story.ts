import { asProduct, inTransaction, newId, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { cardsOf } from './queries.ts'
import type { CardName } from './story.ts'

/**
 * What the person has said already, for a form to begin with instead of asking: the standing cards that this viewer may
 * read, by name. A form that is sent with it calls `notAskedAgain`.
 */
export const fromStory = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
): Promise<Map<CardName, { words: string; said_on: string }>> => {
  const cards = await cardsOf(tx, keys, viewer.partnership, subject)
  return new Map(
    cards
      .filter(({ replaced_at }) => replaced_at === null)
      .map(({ card, words, said_on }) => [card, { words, said_on }]),
  )
}

/**
 * Counts how many questions a form did not have to ask, once when it is saved.
 * @param form which form, by a short code
 * @param questions how many; 0 leaves no row
 */
export const notAskedAgain = (
  tx: Tx,
  viewer: StaffViewer,
  subject: string,
  { form, questions }: { form: string; questions: number },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (questions < 1) return
      await inner
        .insertInto('spared_question')
        .values({
          partnership_id: viewer.partnership,
          id: newId(),
          subject_id: subject,
          agency_id: viewer.agency,
          staff_id: viewer.staff,
          form,
          questions,
          spared_at: at,
        })
        .execute()
    }),
  )
