import { sql } from 'kysely'
import {
  dataKeyOf,
  inTransaction,
  openText,
  readableText,
  sealText,
  type Db,
  type Keys,
  type Tx,
} from '../platform/index.ts'

/*
 * Why somebody was shut out is about them, and is sealed with the partnership's own data key: here is the one place
 * that knows how.
 */
const tables = ['suspension', 'factor_reset', 'agency_suspension'] as const
type Table = (typeof tables)[number]
const at_once = 1000

export const sealWhy = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { table, id }: { table: Table; id: string },
  why: string,
): Promise<{ why: Buffer; key_id: string }> => {
  const key = await dataKeyOf(tx, keys, partnership, { kind: 'partnership', id: partnership })
  return { why: sealText(key, { table, column: 'why', row: id }, why), key_id: key.id }
}

/** The same rows with their words. */
export const openWhy = async <Row extends { id: string; why: Buffer }>(
  tx: Tx,
  keys: Keys,
  partnership: string,
  table: Table,
  rows: readonly Row[],
): Promise<(Omit<Row, 'why'> & { why: string })[]> => {
  if (rows.length === 0) return []
  const key = await dataKeyOf(tx, keys, partnership, { kind: 'partnership', id: partnership })
  return rows.map((row) => ({ ...row, why: openText(key, { table, column: 'why', row: row.id }, row.why) }))
}

/** Tables that may still hold plain words: those whose rule has not been checked against every row. */
export const tablesToSeal = async (db: Db | Tx): Promise<Table[]> => {
  const { rows } = await sql<{ table: Table }>`select conrelid::regclass::text as table from pg_constraint
    where connamespace = 'public'::regnamespace and conname = conrelid::regclass::text || '_sealed' and not convalidated
      and conrelid::regclass::text = any(${[...tables]}::text[]) order by 1`.execute(db)
  return rows.map(({ table }) => table)
}

export const holdsPlainWords = async (tx: Tx): Promise<boolean> => {
  for (const table of await tablesToSeal(tx)) {
    const { rows } = await sql`select from ${sql.table(table)} where key_id is null limit 1`.execute(tx)
    if (rows.length) return true
  }
  return false
}

/**
 * Seals what was written before these words were sealed, as the owner of the tables, some rows at a time.
 * @param keys asked for only when there is something to seal
 */
export const sealWhatIsPlain = async (db: Db | Tx, keys: () => Keys): Promise<void> => {
  for (const table of await tablesToSeal(db)) {
    while ((await inTransaction(db, (tx) => sealSome(tx, table, keys))) > 0);
    await sql`alter table ${sql.table(table)} validate constraint ${sql.id(`${table}_sealed`)}`.execute(db)
  }
}

/** The owner is held by row-level security too: lifted inside this transaction alone. */
const sealSome = async (tx: Tx, table: Table, keys: () => Keys): Promise<number> => {
  await sql`alter table ${sql.table(table)} no force row level security`.execute(tx)
  const { rows } = await sql<{ partnership_id: string; id: string; why: Buffer }>`
    select partnership_id, id, why from ${sql.table(table)} where key_id is null limit ${at_once} for update`.execute(
    tx,
  )
  for (const { partnership_id, id, why } of rows) {
    await sql`select set_config('trellis.viewer', 'system', true), set_config('trellis.partnership', ${partnership_id}, true)`.execute(
      tx,
    )
    const sealed = await sealWhy(tx, keys(), partnership_id, { table, id }, readableText(why.toString()))
    await sql`update ${sql.table(table)} set why = ${sealed.why}, key_id = ${sealed.key_id}
      where partnership_id = ${partnership_id} and id = ${id}`.execute(tx)
  }
  await sql`alter table ${sql.table(table)} force row level security`.execute(tx)
  return rows.length
}
