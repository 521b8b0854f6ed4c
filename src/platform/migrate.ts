import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'
import { inTransaction } from './transaction.ts'
import { projectRoot } from './root.ts'

const shipped = path.join(projectRoot, 'migrations')

export type Migration = { name: string; hash: string }

/** The files there are, in the order they run. */
export const migrationsIn = (folder = shipped): (Migration & { text: string })[] =>
  fs
    .readdirSync(folder)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const text = fs.readFileSync(path.join(folder, name), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    })

/**
 * Brings the database up to date, as the owner of its tables. Each file runs once, in its own transaction; two
 * servers starting together take turns.
 * @param upTo the name of the last file to run; all of them without it
 * @returns the names of the files that ran
 * @throws {Error} when a file that already ran has been changed since
 */
export const migrate = async (db: Db | Tx, folder = shipped, upTo?: string): Promise<string[]> => {
  const ran: string[] = []
  for (const file of migrationsIn(folder)) {
    if (upTo !== undefined && file.name > upTo) break
    if (await runOnce(db, file)) ran.push(file.name)
  }
  // Whoever serves may ask whether everything has run.
  await sql`do $$ begin
    if exists (select from pg_roles where rolname = 'trellis_app') and to_regclass('migration') is not null then
      grant select on migration to trellis_app;
    end if;
  end $$`.execute(db)
  return ran
}

const runOnce = (db: Db | Tx, { name, text, hash }: Migration & { text: string }): Promise<boolean> =>
  inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(715517)`.execute(tx)
    await sql`create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())`.execute(
      tx,
    )
    const before = (await sql<Migration>`select hash from migration where name = ${name}`.execute(tx)).rows[0]
    if (before && before.hash !== hash)
      throw new Error(`The migration ${name} has changed since it ran here: write a new one instead.`)
    if (before) return false
    await sql.raw(text).execute(tx)
    await sql`insert into migration (name, hash) values (${name}, ${hash})`.execute(tx)
    return true
  })

/** The names of the files that have not run here yet. All of them where the database is still empty. */
export const pendingMigrations = async (db: Db | Tx, folder = shipped): Promise<string[]> => {
  const ran = new Set((await ranMigrations(db)).map(({ name }) => name))
  return migrationsIn(folder)
    .map(({ name }) => name)
    .filter((name) => !ran.has(name))
}

/** What has run here, in its order. Nothing where the database is still empty. */
export const ranMigrations = async (db: Db | Tx): Promise<Migration[]> => {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('migration') is not null as there`.execute(db)
  if (!rows[0]?.there) return []
  return (await sql<Migration>`select name, hash from migration order by name`.execute(db)).rows
}

/** Lets the app's own login take on the role that the rules are written for. Nothing to do where it may already. */
export const letAppIn = async (owner: Db, appUrl: string): Promise<void> => {
  const user = decodeURIComponent(new URL(appUrl).username)
  await sql`grant trellis_app to ${sql.id(user)}`.execute(owner)
}
