import { sql } from 'kysely'
import {
  dataKeysOf,
  inTransaction,
  readableText,
  sealBytes,
  unseal,
  type DataKey,
  type Db,
  type Keys,
  type Tx,
} from '../platform/index.ts'
import { pieceAt } from './attachment-store.ts'
import type { DetailKind } from './concern.ts'
import { hashedKey } from './detail.ts'
import { placeWords, sealed, sealedColumns, type SealedTable } from './sealed.ts'

type Table = SealedTable | 'attachment_piece'
type Row = Record<string, unknown> & { partnership_id: string; concern_id: string; id: string }

const at_once = 1000
const pieces_at_once = 10

/** Tables that may still hold plain words: those whose rule, that none may, has not been checked against every row. */
export const tablesToSeal = async (db: Db | Tx): Promise<Table[]> => {
  const { rows } = await sql<{ table: string }>`select conrelid::regclass::text as table from pg_constraint
    where connamespace = 'public'::regnamespace and conname = conrelid::regclass::text || '_sealed' and not convalidated
    order by 1`.execute(db)
  const ours = new Set<string>([...Object.keys(sealedColumns), 'attachment_piece'])
  return rows.map(({ table }) => table as Table).filter((table) => ours.has(table))
}

/** Whether anything plain is left: a backup made now could not be restored, because the tables take nothing plain. */
export const holdsPlainWords = async (tx: Tx): Promise<boolean> => {
  for (const table of await tablesToSeal(tx)) {
    const { rows } = await sql`select from ${sql.table(table)} where key_id is null limit 1`.execute(tx)
    if (rows.length) return true
  }
  return false
}

/**
 * Seals what was written before words were sealed, as the owner of the tables, a few rows at a time. Run again after it
 * was stopped it goes on where it was. At the end the database itself has checked that nothing plain is left.
 * @param keys asked for only when there is something to seal
 * @returns how many rows were sealed
 */
export const sealWhatIsPlain = async (db: Db | Tx, keys: () => Keys): Promise<number> => {
  let count = 0
  for (const table of await tablesToSeal(db)) {
    let some: number
    do {
      some = await inTransaction(db, (tx) => pastTheRules(tx, table, () => sealSome(tx, table, keys)))
      count += some
    } while (some > 0)
    await sql`alter table ${sql.table(table)} validate constraint ${sql.id(`${table}_sealed`)}`.execute(db)
  }
  await sql`alter table detail validate constraint detail_key_hashed`.execute(db)
  return count
}

/** The owner is held by row-level security too, and nobody may change what was said: lifted inside this transaction alone. */
const pastTheRules = async <T>(tx: Tx, table: Table, work: () => Promise<T>): Promise<T> => {
  const tables = table === 'attachment_piece' ? (['attachment_piece', 'attachment'] as const) : [table]
  for (const one of tables) await sql`alter table ${sql.table(one)} no force row level security`.execute(tx)
  const outcome = await work()
  for (const one of tables) await sql`alter table ${sql.table(one)} force row level security`.execute(tx)
  return outcome
}

/** Some rows of one partnership: read, sealed and written back in one statement. */
const sealSome = async (tx: Tx, table: Table, keys: () => Keys): Promise<number> => {
  const rows = await plainRows(tx, table)
  const partnership = rows[0]?.partnership_id
  if (!partnership) return 0
  await sql`select set_config('trellis.viewer', 'system', true), set_config('trellis.partnership', ${partnership}, true)`.execute(
    tx,
  )
  const concerns = rows.map(({ concern_id }) => concern_id)
  const open = await dataKeysOf(tx, keys(), partnership, 'concern', concerns)
  const changes = rows.map((row) => {
    const key = open.get(row.concern_id)!
    return table === 'attachment_piece' ? sealedPiece(keys(), key, row) : sealedRow(keys(), key, table, row)
  })
  const columns = Object.keys(changes[0]!)
  const values = changes.map((change, i) => {
    const cells = columns.map((column) => sql`${change[column]}::${sql.raw(typeOf(column))}`)
    return sql`(${rows[i]!['ctid']}::tid, ${sql.join(cells)})`
  })
  const named = columns.map((column) => sql`${sql.id(column)} = v.${sql.id(column)}`)
  await sql`update ${sql.table(table)} t set ${sql.join(named)}
    from (values ${sql.join(values)}) v (ctid, ${sql.join(columns.map((column) => sql.id(column)))}) where t.ctid = v.ctid`.execute(
    tx,
  )
  return rows.length
}

const typeOf = (column: string): string => ({ key_id: 'uuid', place_words: 'text[]' })[column] ?? 'bytea'

const plainRows = async (tx: Tx, table: Table): Promise<Row[]> => {
  const concern =
    table === 'concern'
      ? sql`t.id`
      : table === 'attachment_piece'
        ? sql`(select a.concern_id from attachment a where a.partnership_id = t.partnership_id and a.id = t.attachment_id)`
        : sql`t.concern_id`
  const { rows } = await sql<Row>`select t.*, t.ctid::text as ctid, ${concern} as concern_id from ${sql.table(table)} t
    where t.key_id is null and t.partnership_id = (select partnership_id from ${sql.table(table)} where key_id is null limit 1)
    limit ${table === 'attachment_piece' ? pieces_at_once : at_once} for update of t`.execute(tx)
  return rows
}

/** The columns to change: words that lay there as the bytes of their letters, and what is found by them. */
const sealedRow = (keys: Keys, key: DataKey, table: SealedTable, row: Row): Record<string, unknown> => {
  const columns: readonly string[] = sealedColumns[table]
  const said = Object.fromEntries(
    columns.map((column) => {
      const bytes = row[column] as Buffer | null
      return [column, bytes && readableText(bytes.toString())]
    }),
  )
  const values: Record<string, unknown> = sealed(key, table, { ...row, ...said })
  const changed = Object.fromEntries([...columns, 'key_id'].map((column) => [column, values[column]]))
  if (table === 'concern') return { ...changed, place_words: placeWords(keys, row.partnership_id, said['place']!) }
  if (table !== 'detail') return changed
  const detail = { kind: row['kind'] as DetailKind, said: said['said']! }
  return { ...changed, key: hashedKey(keys, row.partnership_id, detail) }
}

/** Files were sealed already, with the key file's own key; now with the concern's, so that they end with it. */
const sealedPiece = (keys: Keys, key: DataKey, row: Row): Record<string, unknown> => {
  const { attachment_id, version, position, sealed: before } = row as unknown as Piece
  const bytes = unseal(keys, 'attachment', before, `${attachment_id} ${version} ${position}`)
  return { sealed: sealBytes(key, pieceAt(attachment_id, version, position), bytes), key_id: key.id }
}
type Piece = { attachment_id: string; version: string; position: number; sealed: Buffer }
