import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'

/** The tables a backup holds: all of ours but the list of migrations, which restoring writes itself. */
export const tablesIn = async (tx: Tx): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname collate "C"`.execute(tx)
  return rows.map(({ name }) => name)
}

export const countRows = async (tx: Tx, tables: readonly string[]): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const table of tables)
    counts[table] = (await sql<{ n: number }>`select count(*) as n from ${sql.id(table)}`.execute(tx)).rows[0]!.n
  return counts
}

/** Every row as a line of JSON, below a line "#table". A cursor hands them over a few at a time. */
export async function* rowsAsLines(tx: Tx, tables: readonly string[]): AsyncGenerator<string> {
  for (const table of tables) {
    yield `#${table}\n`
    await sql`declare row_cursor no scroll cursor for select row_to_json(t)::text as line from ${sql.id(table)} t`.execute(
      tx,
    )
    for (;;) {
      const { rows } = await sql<{ line: string }>`fetch 50 from row_cursor`.execute(tx)
      if (rows.length === 0) break
      yield rows.map(({ line }) => `${line}\n`).join('')
    }
    await sql`close row_cursor`.execute(tx)
  }
}

/** Puts the rows into a migrated database, whatever is in its tables, and tightens every constraint again at the end. */
export const putRows = async (tx: Tx, lines: AsyncIterable<string>): Promise<void> => {
  const tables = await tablesIn(tx)
  const tighten = await loosen(tx, tables)
  await sql`truncate ${sql.join(tables.map((table) => sql.id(table)))}`.execute(tx)
  for await (const { table, rows } of batches(lines)) {
    const columns = sql.join((await columnsOf(tx, table)).map((name) => sql.id(name)))
    await sql`insert into ${sql.id(table)} (${columns}) overriding system value
      select ${columns} from unnest(${rows}::text[]) line, json_populate_record(null::${sql.id(table)}, line::json)`.execute(
      tx,
    )
  }
  await advanceSequences(tx)
  await tighten()
}

/** Lets rows come in any order: foreign keys are taken off and triggers silenced. The way back checks every row. */
const loosen = async (tx: Tx, tables: readonly string[]): Promise<() => Promise<void>> => {
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace`.execute(tx)
  for (const key of rows) await sql`alter table ${sql.id(key.table)} drop constraint ${sql.id(key.name)}`.execute(tx)
  for (const table of tables) await sql`alter table ${sql.id(table)} disable trigger user`.execute(tx)
  return async () => {
    for (const key of rows)
      await sql`alter table ${sql.id(key.table)} add constraint ${sql.id(key.name)} ${sql.raw(key.definition)}`.execute(
        tx,
      )
    for (const table of tables) await sql`alter table ${sql.id(table)} enable trigger user`.execute(tx)
  }
}

const most_characters = 2_000_000

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<{ table: string; rows: string[] }> {
  let table = ''
  let rows: string[] = []
  let characters = 0
  for await (const line of lines) {
    const next = line.startsWith('#') ? line.slice(1) : undefined
    if (rows.length && (next !== undefined || rows.length === 500 || characters + line.length > most_characters)) {
      yield { table, rows }
      rows = []
      characters = 0
    }
    if (next !== undefined) table = next
    else {
      rows.push(line)
      characters += line.length
    }
  }
  if (rows.length) yield { table, rows }
}

const columnsOf = async (tx: Tx, table: string): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(tx)
  return rows.map(({ name }) => name)
}

/** What is numbered goes on after the highest number that came in. */
const advanceSequences = async (tx: Tx): Promise<void> => {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> ''`.execute(tx)
  for (const { table, column } of rows)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), (select coalesce(max(${sql.id(column)}), 0) + 1 from ${sql.id(table)}), false)`.execute(
      tx,
    )
}
