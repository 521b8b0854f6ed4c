import { sql } from 'kysely'
import {
  type Config,
  type Database,
  type Db,
  destroyAgain,
  destroyedKeys,
  inTransaction,
  keysOf,
  letAppIn,
  migrate,
  migrationsIn,
  type Tx,
} from '../platform/index.ts'
import { openArchive, type Manifest } from './archive.ts'
import { explainRowSecurity, keyPrints, openAsOwner, whereKeysLie } from './backup.ts'
import { countRows, putRows } from './rows.ts'
import { sealWhatIsPlain } from './seal-plain.ts'

/** Reads a backup into the database the settings name: all of it, or nothing is changed. */
export const restore = async (config: Config, file: string, replace: boolean): Promise<void> => {
  const archive = await openArchive(file)
  refuseIfNotOurs(archive.about)
  const database = await openAsOwner(config)
  try {
    await refuseIfServed(database)
    await inTransaction(database.db, async (tx) => {
      await sql`set local row_security = off`.execute(tx)
      const destroyed = await destroyedKeys(tx)
      await makeRoom(tx, replace)
      await migrate(tx, undefined, archive.about.migrations.at(-1)!.name)
      await putRows(tx, archive.lines()).catch(explainRowSecurity)
      await refuseIfIncomplete(tx, archive.about)
      await migrate(tx)
      if (areKeysHere(config, archive.about)) await sealWhatIsPlain(tx, () => keysOf(config))
      const again = await destroyAgain(tx, destroyed)
      if (again) console.log(`Erased again what this backup still held the keys of: ${again} of them.`)
    })
    if (config.databaseUrl) await letAppIn(database.db, config.databaseUrl)
    await sql`analyze`.execute(database.db)
    const rows = Object.values(archive.about.rows).reduce((sum, n) => sum + n, 0)
    console.log(`Restored ${rows} rows, as they stood on ${archive.about.made}, into the ${await database.name()}.`)
    warnAboutKeys(config, archive.about)
  } finally {
    await database.close()
  }
}

/** A file of another history cannot be read: its tables may not be ours. */
const refuseIfNotOurs = ({ migrations, version }: Manifest): void => {
  const here = new Map(migrationsIn().map(({ name, hash }) => [name, hash]))
  const strange = migrations.filter(({ name, hash }) => here.get(name) !== hash)
  if (strange.length)
    throw new Error(
      `This backup was made by another Trellis (${version}): ${strange.map(({ name }) => name).join(', ')} ` +
        `${strange.length === 1 ? 'is' : 'are'} not the same here. Restore it with that version, or a newer one.`,
    )
}

const refuseIfServed = async ({ db, dump }: Database): Promise<void> => {
  if (dump) return
  // PostgreSQL lists a connection for a moment after it was closed, as when a server was stopped just now.
  for (let tries = 10; await othersConnected(db); tries--) {
    if (tries === 0) throw new Error('A Trellis is connected to this database. Stop it first.')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const othersConnected = async (db: Db): Promise<boolean> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and application_name = 'trellis' and pid <> pg_backend_pid()`.execute(db)
  return rows[0]!.n > 0
}

/** Empties the database, if that is what was asked for. */
const makeRoom = async (tx: Tx, replace: boolean): Promise<void> => {
  const { rows } = await sql<{ tables: number; ours: boolean }>`
    select count(*) as tables, to_regclass('migration') is not null and to_regclass('partnership') is not null as ours
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(tx)
  const { tables, ours } = rows[0]!
  if (tables === 0) return
  const empty = ours && !(await tx.selectFrom('partnership').select('id').limit(1).executeTakeFirst())
  if (!empty && !replace)
    throw new Error(
      'This database is not empty. To throw away what is in it and put the backup in its place, add --replace.',
    )
  await sql`drop schema public cascade`.execute(tx)
  await sql`create schema public`.execute(tx)
}

const refuseIfIncomplete = async (tx: Tx, about: Manifest): Promise<void> => {
  const counts = await countRows(tx, Object.keys(about.rows))
  const short = Object.keys(about.rows).filter((table) => counts[table] !== about.rows[table])
  if (short.length) throw new Error(`Not every row came back (${short.join(', ')}), so nothing was changed.`)
}

const areKeysHere = (config: Config, { keys }: Manifest): boolean => {
  const here = keyPrints(config)
  return Object.keys(here).length > 0 && Object.entries(keys).every(([id, print]) => here[id] === print)
}

const warnAboutKeys = (config: Config, about: Manifest): void => {
  if (areKeysHere(config, about) || Object.keys(about.keys).length === 0) return
  console.log(
    `THE KEYS THAT BELONG TO THIS BACKUP ARE NOT IN ${whereKeysLie(config)}. Put them back before you start: ` +
      'without them no word that was sealed can be opened, nor drafts, uploads and receipts. What an older Trellis left unsealed is sealed by the next start.',
  )
}
