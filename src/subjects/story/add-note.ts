import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  record,
  sealText,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import type { CardName } from './story.ts'

/** What a professional adds beside a card. The card itself is the person's, and stays as they said it. */
export const addNote = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  { card, words }: { card: CardName; words: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    const key = await asProduct(inner, () =>
      dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject.id }),
    )
    await inner
      .insertInto('story_note')
      .values({
        partnership_id: viewer.partnership,
        id,
        subject_id: subject.id,
        agency_id: viewer.agency,
        adult_from: subject.adult_from,
        card,
        words_sealed: sealText(key, { table: 'story_note', column: 'words', row: id }, words),
        key_id: key.id,
        entered_by: viewer.staff,
        entered_at: at,
      })
      .execute()
    await record(inner, viewer, 'story note added', { kind: 'person', id: subject.id }, { note: id })
  })
