import { sql } from 'kysely'
import fs from 'node:fs'
import path from 'node:path'
import {
  type Config,
  type Database,
  fingerprints,
  inSnapshot,
  keysOf,
  openDatabase,
  openPostgres,
  projectRoot,
  ranMigrations,
  type Tx,
} from '../platform/index.ts'
import { writeArchive } from './archive.ts'
import { countRows, rowsAsLines, tablesIn } from './rows.ts'
import { holdsPlainWords } from './seal-plain.ts'

/**
 * Writes every row of the database to one file, as it stood at one moment. The rows are the same whichever database
 * they come from, so a backup of the one can be restored into the other; pg_dump could not do that, and would have to be
 * of the server's own version.
 */
export const backup = async (config: Config, file: string): Promise<void> => {
  if (fs.existsSync(file)) throw new Error(`${file} is there already: a backup never overwrites another.`)
  const database = await openAsOwner(config)
  try {
    const made = await inSnapshot(database.db, (tx) => write(tx, config, database, file).catch(explainRowSecurity))
    const rows = Object.values(made).reduce((sum, n) => sum + n, 0)
    console.log(`Wrote ${rows} rows of ${Object.keys(made).length} tables to ${file}.`)
    console.log(
      `THE KEYS ARE NOT IN IT. Keep a copy of ${whereKeysLie(config)} too, in another place than this file: without the keys, ` +
        'no word that was sealed can be opened, nor drafts, uploads and receipts, and whoever holds both can open everything.',
    )
  } finally {
    await database.close()
  }
}

const write = async (tx: Tx, config: Config, database: Database, file: string): Promise<Record<string, number>> => {
  await sql`set local row_security = off`.execute(tx)
  const migrations = await ranMigrations(tx)
  if (migrations.length === 0) throw new Error('This database is empty: there is nothing to back up.')
  if (await holdsPlainWords(tx))
    throw new Error('Words wait to be sealed: run `trellis migrate` first, then make the backup.')
  const tables = await tablesIn(tx)
  const rows = await countRows(tx, tables)
  const about = {
    made: new Date().toISOString(),
    version: versionOf(),
    database: database.dump ? 'embedded' : 'PostgreSQL',
    migrations,
    rows,
    keys: keyPrints(config),
  }
  await writeArchive(file, about, rowsAsLines(tx, tables))
  return rows
}

/** The embedded database, or PostgreSQL as the owner of its tables. @throws {Error} when nobody said who that is */
export const openAsOwner = async (config: Config): Promise<Database> => {
  if (!config.databaseUrl) return openDatabase(config)
  if (config.ownerUrl) return openPostgres(config.ownerUrl, 1)
  throw new Error('Set DATABASE_OWNER_URL as well: the role that serves may not see every row.')
}

/** With row_security off, PostgreSQL fails rather than leave out what a policy hides. */
export const explainRowSecurity = (error: unknown): never => {
  if ((error as { code?: string }).code === '42501' && /row-level security/.test((error as Error).message))
    throw new Error(
      'The role in DATABASE_OWNER_URL cannot see past row-level security, so rows would be missing. ' +
        'As a superuser of the server, run: alter role … bypassrls. It is never used to serve.',
      { cause: error },
    )
  throw error
}

/** What the keys look like from outside, by name. None where there are no keys yet. */
export const keyPrints = (config: Config): Record<string, string> =>
  config.keys || fs.existsSync(config.keysFile) ? fingerprints(keysOf(config)) : {}

export const whereKeysLie = ({ keys, keysFile }: Config): string => (keys ? 'TRELLIS_KEYS' : keysFile)

const versionOf = (): string =>
  (JSON.parse(fs.readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version
