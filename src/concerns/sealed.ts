import { sql, type RawBuilder } from 'kysely'
import {
  blindIndex,
  KeyDestroyed,
  openDataKeys,
  openText,
  sealText,
  type DataKey,
  type Keys,
  type Tx,
} from '../platform/index.ts'

/*
 * What people said lies sealed, with the concern's own data key. Here is the one place that knows which columns: verbs
 * seal what they insert, queries open what they read, and the pages see words.
 */
export const sealedColumns = {
  concern: ['worry', 'happened', 'place', 'person_wants', 'person_knows_why', 'consent_why', 'agency_reference'],
  concern_person: [
    'name',
    'nickname',
    'age_said',
    'gender',
    'first_language',
    'needs',
    'address',
    'postcode',
    'phone',
    'nhs_number',
    'other_reference',
    'school_or_work',
    'description',
  ],
  detail: ['said', 'note'],
  reporter: ['name', 'relationship', 'job_title', 'contact_value', 'safe_times', 'safe_note'],
  contact_opening: ['why'],
  original_opening: ['why'],
  attachment: ['name'],
  message: ['words'],
  priority: ['why'],
  clock_pause: ['why'],
  partner_check: ['question', 'reason', 'answer'],
  decision: ['reason', 'unknowns', 'limb_needs_why', 'limb_risk_why', 'limb_protect_why', 'offered', 'told'],
  decision_need: ['words'],
  escalation: ['answer'],
} as const
export type SealedTable = keyof typeof sealedColumns
type SealedColumn<T extends SealedTable> = (typeof sealedColumns)[T][number]

type Sealed<Value> = Value extends string ? Buffer : Value
type Opened<Value> = Value extends Buffer ? string : Value
export type SealedRow<T extends SealedTable, Row> = {
  [C in keyof Row]: C extends SealedColumn<T> ? Sealed<Row[C]> : Row[C]
}
export type OpenedRow<T extends SealedTable, Row> = {
  [C in keyof Row]: C extends SealedColumn<T> ? Opened<Row[C]> : Row[C]
}

/** What a row is called inside its table, bound into everything it seals: moved to another, nothing opens. */
type Named = { id: string } | { decision_id: string; need: string } | { concern_id: string }
const nameOf = (row: Named): string =>
  'id' in row ? row.id : 'decision_id' in row ? `${row.decision_id} ${row.need}` : row.concern_id

/** A row as it goes into the database: its words sealed, and the key named. What is empty stays empty. */
export const sealed = <T extends SealedTable, Row extends Named>(
  key: DataKey,
  table: T,
  row: Row,
): SealedRow<T, Row> & { key_id: string } => {
  const values: Record<string, unknown> = { ...row, key_id: key.id }
  for (const column of sealedColumns[table]) {
    const said = values[column]
    if (typeof said === 'string')
      values[column] = said === '' ? Buffer.alloc(0) : sealText(key, { table, column, row: nameOf(row) }, said)
  }
  return values as SealedRow<T, Row> & { key_id: string }
}

/** What stands where words were erased. */
export const erased = '[erased]'

/** A row as it came from the database, with its words. Without its key, because that was destroyed, they are gone. */
export const opened = <T extends SealedTable, Row extends Named & { key_id: string | null }>(
  keys: ReadonlyMap<string, DataKey>,
  table: T,
  row: Row,
): OpenedRow<T, Row> => {
  const key = keys.get(row.key_id ?? '')
  const values: Record<string, unknown> = { ...row }
  for (const column of sealedColumns[table]) {
    const bytes = values[column]
    if (Buffer.isBuffer(bytes))
      values[column] =
        bytes.length === 0 ? '' : key ? openText(key, { table, column, row: nameOf(row) }, bytes) : erased
  }
  return values as OpenedRow<T, Row>
}

/** The wrapped data key of a row, as a column of a page's own query: one round trip fewer. */
export const wrappedKey = (partnership: string, keyId: string): RawBuilder<Buffer | null> =>
  sql<Buffer | null>`(select w.wrapped from data_key w where w.partnership_id = ${partnership} and w.id = ${sql.ref(keyId)})`

type Wrapped = { key_id: string | null; wrapped: Buffer | null }

/** The data keys of rows that were read with `wrappedKey`, opened. */
export const keysOfRows = (tx: Tx, keys: Keys, partnership: string, rows: readonly Wrapped[]) =>
  openDataKeys(
    tx,
    keys,
    partnership,
    rows.flatMap(({ key_id, wrapped }) => (key_id ? [{ id: key_id, wrapped }] : [])),
  )

/** Rows that were read with `wrappedKey`, with their words. */
export const openRows = async <T extends SealedTable, Row extends Named & Wrapped>(
  tx: Tx,
  keys: Keys,
  partnership: string,
  table: T,
  rows: readonly Row[],
): Promise<OpenedRow<T, Row>[]> => {
  const open = await keysOfRows(tx, keys, partnership, rows)
  return rows.map((row) => opened(open, table, row))
}

/** The data key of one row that was read with `wrappedKey`. @throws {KeyDestroyed} when it was erased */
export const keyOfRow = async (tx: Tx, keys: Keys, partnership: string, row: Wrapped): Promise<DataKey> => {
  const [key] = (await keysOfRows(tx, keys, partnership, [row])).values()
  if (!key) throw new KeyDestroyed()
  return key
}

/** The first `most` characters, none cut in half. */
export const extract = (text: string, most: number): string => [...text.slice(0, 2 * most)].slice(0, most).join('')

/** The words of a place as the queue finds them: whole words, however they are written, and nothing that can be read. */
export const placeWords = (keys: Keys, partnership: string, place: string): string[] => {
  const words = place
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
  return [...new Set(words)]
    .filter(Boolean)
    .map((word) => blindIndex(keys, partnership, 'place', word).toString('base64url'))
}
