import { dataKeys, openText, type Keys, type Tx } from '../../platform/index.ts'
import type { Written } from './written.ts'

const columns = [
  'id',
  'field',
  'version',
  'agency_id',
  'written_by',
  'written_at',
  'replaced_at',
  'carried_from',
  'sitting',
  'words_sealed',
  'key_id',
] as const

/**
 * What was written in a document, as far as row-level security shows it to this viewer.
 * @param every with every earlier version as well; otherwise what stands
 */
export const readWritten = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  document: string,
  { every = false, fields }: { every?: boolean; fields?: readonly string[] } = {},
): Promise<Written[]> => {
  let asked = tx
    .selectFrom('written')
    .select(columns)
    .where('partnership_id', '=', partnership)
    .where('document_id', '=', document)
    .orderBy('field')
    .orderBy('version')
  if (!every) asked = asked.where('replaced_at', 'is', null)
  if (fields) asked = asked.where('field', 'in', fields)
  const rows = await asked.execute()
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ words_sealed, key_id, ...row }) => {
    const key = opened.get(key_id)
    const place = { table: 'written', column: 'words', row: row.id }
    return key ? [{ ...row, words: openText(key, place, words_sealed) }] : []
  })
}
