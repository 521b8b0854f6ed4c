import { dataKeyOf, newId, sealText, type Keys, type Tx, type Viewer } from '../../platform/index.ts'
import type { Document, Written } from './written.ts'

export type NewText = Omit<Written, 'id' | 'carried_from'> & { carried_from?: string }

/** How a text of this document is put down: sealed with the person's key. Asked as the product. */
export const addWritten = async (tx: Tx, keys: Keys, { partnership }: Viewer, document: Document) => {
  const key = await dataKeyOf(tx, keys, partnership, { kind: 'subject', id: document.subject_id })
  return async ({ words, ...text }: NewText): Promise<void> => {
    const id = newId()
    await tx
      .insertInto('written')
      .values({
        ...text,
        partnership_id: partnership,
        id,
        document_id: document.id,
        subject_id: document.subject_id,
        adult_from: document.adult_from,
        words_sealed: sealText(key, { table: 'written', column: 'words', row: id }, words),
        key_id: key.id,
        data_class: document.data_class,
        handling: String(document.handling),
      })
      .execute()
  }
}
