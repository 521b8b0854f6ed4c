import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Db } from './db.ts'
import { projectRoot } from './root.ts'

/**
 * Brings the database up to date, as the owner of its tables. Each file runs once, in its own transaction; two
 * servers starting together take turns.
 * @returns the names of the files that ran
 * @throws {Error} when a file that already ran has been changed since
 */
export const migrate = async (db: Db, folder = path.join(projectRoot, 'migrations')): Promise<string[]> => {
  const files = fs.readdirSync(folder).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort()
  const ran: string[] = []
  for (const name of files) {
    const text = fs.readFileSync(path.join(folder, name), 'utf8')
    if (await runOnce(db, name, text)) ran.push(name)
  }
  return ran
}

const runOnce = (db: Db, name: string, text: string): Promise<boolean> =>
  db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(715517)`.execute(tx)
    await sql`create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())`.execute(tx)
    const hash = createHash('sha256').update(text).digest('hex')
    const before = (await sql<{ hash: string }>`select hash from migration where name = ${name}`.execute(tx)).rows[0]
    if (before && before.hash !== hash) throw new Error(`The migration ${name} has changed since it ran here: write a new one instead.`)
    if (before) return false
    await sql.raw(text).execute(tx)
    await sql`insert into migration (name, hash) values (${name}, ${hash})`.execute(tx)
    return true
  })

/** Lets the app's own login take on the role that the rules are written for. Nothing to do where it may already. */
export const letAppIn = async (owner: Db, appUrl: string): Promise<void> => {
  const user = decodeURIComponent(new URL(appUrl).username)
  await sql`grant trellis_app to ${sql.id(user)}`.execute(owner)
}
