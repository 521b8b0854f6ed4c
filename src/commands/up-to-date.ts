import fs from 'node:fs'
import {
  keysOf,
  letAppIn,
  migrate,
  openDatabase,
  openPostgres,
  pendingMigrations,
  type Config,
  type Database,
  type Keys,
} from '../platform/index.ts'
import { loadMissingStanding } from '../sharing/index.ts'
import { loadMissingRetention } from '../subjects/index.ts'
import { maySealMore, sealWhatIsPlain } from './seal-plain.ts'

/**
 * Opens the database the settings name and brings it up to date where that may be done: the embedded one always,
 * PostgreSQL when its owner is known.
 * @throws {Error} when something waits to be run and nobody here may run it
 */
export const openUpToDate = async (config: Config): Promise<{ database: Database; ran: string[] }> => {
  const opened = await openMigrated(config)
  // A partnership that is older than the rules of retention gets those that ship, none of them checked; one older than
  // what the law asks of a front door (decision 014) gets that, or nobody could decide about a concern.
  await loadMissingRetention(opened.database.db)
  await loadMissingStanding(opened.database.db)
  return opened
}

const openMigrated = async (config: Config): Promise<{ database: Database; ran: string[] }> => {
  if (config.databaseUrl && config.ownerUrl) {
    const ran = await asOwner(config, config.ownerUrl, config.databaseUrl)
    return { database: await openDatabase(config), ran }
  }
  const database = await openDatabase(config)
  try {
    if (!config.databaseUrl) {
      const ran = await migrate(database.db)
      await sealWhatIsPlain(database.db, () => keysThatBelong(config))
      return { database, ran }
    }
    const pending = await pendingMigrations(database.db)
    if (pending.length === 0 && (await maySealMore(database.db))) throw new Error(plainWords)
    if (pending.length === 0) return { database, ran: [] }
    throw new Error(
      `The database is not up to date: ${pending.join(', ')} ${pending.length === 1 ? 'has' : 'have'} not run. ` +
        'Set DATABASE_OWNER_URL to the owner of its tables, then run `trellis migrate` or start again.',
    )
  } catch (error) {
    await database.close()
    throw error
  }
}

const plainWords =
  'Words still lie in the database as they were written. Set DATABASE_OWNER_URL and run `trellis migrate`, which seals them.'

/** The keys that what lies here was made with. New ones, made because the file is missing, would lose it. */
const keysThatBelong = (config: Config): Keys => {
  if (config.keys || fs.existsSync(config.keysFile)) return keysOf(config)
  throw new Error(
    `Words wait to be sealed, but ${config.keysFile} is not there: put the keys that belong to this database back first.`,
  )
}

const asOwner = async (config: Config, ownerUrl: string, appUrl: string): Promise<string[]> => {
  const owner = openPostgres(ownerUrl, 1)
  try {
    const ran = await migrate(owner.db)
    await sealWhatIsPlain(owner.db, () => keysThatBelong(config))
    await letAppIn(owner.db, appUrl)
    return ran
  } finally {
    await owner.close()
  }
}

export const migrateCommand = async (config: Config): Promise<void> => {
  const { database, ran } = await openUpToDate(config)
  for (const name of ran) console.log(`Ran ${name}`)
  console.log(`The ${await database.name()} is up to date.`)
  await database.close()
}
