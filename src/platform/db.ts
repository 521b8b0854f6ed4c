import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { Batch, type Question } from './batch.ts'
import type { Config } from './config.ts'
import { lockFolder } from './folder-lock.ts'
import { isOutdatedPlan, nameStatements } from './named-statements.ts'
import { readableJson, readableText, readableTexts, storableText } from './stored-text.ts'
import type { DB } from './tables.ts'

/** The house's database: the embedded one or a PostgreSQL server, one driver and one dialect either way. */
export type Db = Kysely<DB>
/** An open transaction of some viewer. Row-level security has already been told who. */
export type Tx = Transaction<DB>

export type Database = {
  db: Db
  /** Says which database this is, for people: 'embedded database' or 'PostgreSQL 15.18'. */
  name: () => Promise<string>
  /** A copy of the whole embedded database, as a tar. PostgreSQL has tools of its own. */
  dump?: () => Promise<Uint8Array>
  close: () => Promise<void>
}

// A date of birth is a day, not a moment: as text it cannot shift with the time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.TEXT, readableText)
pg.types.setTypeParser(pg.types.builtins.VARCHAR, readableText)
pg.types.setTypeParser(pg.types.builtins.JSON, readableJson)
pg.types.setTypeParser(pg.types.builtins.JSONB, readableJson)
// text[] and varchar[], which have no name in the driver's list.
for (const list of [1009, 1015]) {
  const parse = pg.types.getTypeParser(list) as (text: string) => unknown
  pg.types.setTypeParser(list, (text) => readableTexts(parse(text)))
}

/** Opens the database the settings name, as the app. @throws {Error} when the embedded folder is already in use */
export const openDatabase = async (config: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<Database> =>
  config.databaseUrl ? openPostgres(config.databaseUrl) : openEmbedded(path.join(config.dataDir, 'database'))

/**
 * Each connection plans for itself and has a process of its own. More of them than the processors can serve only take turns
 * with the one that answers pages: on two cores 16 made a page five times as slow as 8.
 */
const usualConnections = (): number => Math.max(8, 4 * os.availableParallelism())

/**
 * Policies make a plan cost more than ten runs of it: PostgreSQL would make six of each, or one each time, before it keeps
 * any.
 */
const onePlan = 'plan_cache_mode=force_generic_plan'

/** Opens PostgreSQL; at most `max` connections, and a caller waits no longer than five seconds for one. */
export const openPostgres = (url: string, max = usualConnections()): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5000,
    // A connection that goes takes its plans with it, and a quiet office opens a page a minute.
    idleTimeoutMillis: 600_000,
    application_name: 'trellis',
    // Policies make a short query look dear to the planner, which then compiles it for longer than it runs.
    options: `-c jit=off -c ${onePlan}`,
  })
  return fromPool(pool)
}

/** Opens the embedded database in `folder`, or one in memory that is empty. A caller waits `patience` ms for it at most. */
export const openEmbedded = async (folder?: string, patience = 30_000): Promise<Database> => {
  // Loaded only here: a house on PostgreSQL does not pay for 27 MB of another one.
  const { PGlite } = await import('@electric-sql/pglite')
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  const extensions = {
    pg_trgm: (await import('@electric-sql/pglite/contrib/pg_trgm')).pg_trgm,
    unaccent: (await import('@electric-sql/pglite/contrib/unaccent')).unaccent,
    fuzzystrmatch: (await import('@electric-sql/pglite/contrib/fuzzystrmatch')).fuzzystrmatch,
    btree_gist: (await import('@electric-sql/pglite/contrib/btree_gist')).btree_gist,
  }
  if (folder) fs.mkdirSync(folder, { recursive: true })
  const unlock = folder ? lockFolder(folder) : () => {}
  try {
    // A restore takes off and puts on every constraint there is, in one transaction that holds a lock on each table.
    const startParams = [...PGlite.defaultStartParams, '-c', 'max_locks_per_transaction=256', '-c', onePlan]
    const pglite = await PGlite.create({ dataDir: folder, extensions, startParams })
    // One connection is all there is: a nested use of the outer handle must fail, not wait for itself for ever.
    const config = createPgConfig(inWholeQuestions(pglite) as PGlite)
    const { connection } = config
    // It has no wire to hold anything back from, and a batch speaks through another object that stands on this one.
    Object.assign(connection.stream, { cork: () => {}, uncork: () => {} })
    for (const say of ['parse', 'bind', 'describe', 'execute', 'close'] as const)
      connection[say] = connection[say].bind(connection)
    const pool = new pg.Pool({ ...config, max: 1, connectionTimeoutMillis: patience } as pg.PoolConfig)
    return fromPool(pool, {
      dump: async () => new Uint8Array(await (await pglite.dumpDataDir('none')).arrayBuffer()),
      close: async () => {
        await pglite.close()
        unlock()
      },
    })
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * The driver's messages as the embedded database answers them best: all up to the one that asks for an answer at once, where
 * it would be woken for each of the five that a statement takes, and for those of every statement that is asked beside it.
 */
const inWholeQuestions = (pglite: PGlite): Pick<PGlite, 'waitReady' | 'execProtocolStream'> => {
  let held: Uint8Array[] = []
  return {
    waitReady: pglite.waitReady,
    execProtocolStream: async (message, options) => {
      held.push(message)
      if (isPartOfQuestion(message)) return []
      const whole = Buffer.concat(held)
      held = []
      return pglite.execProtocolStream(whole, options)
    },
  }
}

/** Parse, bind, describe, execute, close: what follows asks for the answer. */
const isPartOfQuestion = ([kind]: Uint8Array): boolean => 'PBDEC'.includes(String.fromCharCode(kind!))

const fromPool = (pool: pg.Pool, embedded?: Required<Pick<Database, 'dump' | 'close'>>): Database => {
  // Without a listener a connection that the server drops would end the process: the pool's own stands for idle ones
  // alone, so each connection in use has one too. Its query fails and says so to whoever asked.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const db: Db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: storingTextWhole(pool) }) })
  return {
    db,
    name: async () => {
      const version = (await sql<{ v: string }>`select current_setting('server_version') as v`.execute(db)).rows[0]?.v
      return embedded ? `embedded database (PGlite, PostgreSQL ${version})` : `PostgreSQL ${version}`
    },
    dump: embedded?.dump,
    close: async () => {
      await db.destroy()
      await embedded?.close()
    },
  }
}

/**
 * Every text on its way in goes through `storableText`; the type parsers above are the way out. What is asked again and
 * again goes under a name.
 */
const storingTextWhole = (pool: pg.Pool) => {
  const statements = nameStatements()
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect()
      await letGo(client, statements)
      const query = inOneGo(client)
      return Object.assign(Object.create(client) as pg.PoolClient, {
        query: (text: string, values: readonly unknown[] = []) =>
          query({ text, values: values.map(storableText), name: statements.nameOf(text, values) }).catch(
            (error: unknown) => {
              if (isOutdatedPlan(error)) statements.forget(text)
              throw error
            },
          ),
        release: (error?: Error | boolean) => client.release(error),
      })
    },
  }
}

const knew = new WeakMap<pg.PoolClient, number>()

/** Lets a connection forget the plans of statements that have lost their names. */
const letGo = async (client: pg.PoolClient, { dropped, stands }: ReturnType<typeof nameStatements>): Promise<void> => {
  if (knew.get(client) === dropped()) return
  knew.set(client, dropped())
  const { parsedStatements } = (client as Wired).connection
  for (const name of Object.keys(parsedStatements).filter((one) => !stands(one))) {
    delete parsedStatements[name]
    await client.query(`deallocate ${name}`)
  }
}

/** What the driver does not tell its types of. */
type Wired = pg.PoolClient & { connection: { parsedStatements: Record<string, string> } }

type Asking = (asked: Question) => Promise<unknown>

/**
 * What is asked in one go leaves as one, with all that is asked while what left before is still being answered: the
 * beginning of a transaction with the first thing that is asked in it, and its end with what was told last.
 */
const inOneGo = (client: pg.PoolClient): Asking => {
  // The driver takes one while it waits for the answers to another, and no third.
  const line: Batch[] = []
  let given: Batch | undefined
  let isLeaving = false
  const leave = (): void => {
    isLeaving = false
    if (given && !given.isSent) return
    given = line.shift()
    if (given) client.query(given as unknown as pg.Submittable)
  }
  // A turn later than those who ask side by side, so that they leave with what they stand behind.
  const leaveSoon = (): void => {
    if (!isLeaving) process.nextTick(() => process.nextTick(leave))
    isLeaving = true
  }
  const next = (how?: 'alone'): Batch => {
    const batch = new Batch(leave, how)
    line.push(batch)
    return batch
  }
  return (asked) => {
    const last = line.at(-1) ?? given
    const isOpen = last?.takesMore ?? false
    if (asked.text === 'begin') {
      next()
        .add(asked)
        .catch(() => {})
      return Promise.resolve({ command: 'BEGIN', rowCount: null, rows: [] })
    }
    leaveSoon()
    return (goesAlone(asked, isOpen) ? next('alone') : isOpen ? last! : next()).add(asked)
  }
}

/**
 * What takes no values may be several statements, which no batch takes. What goes back must be heard whatever failed; the
 * end of a transaction must not, where something before it did.
 */
const goesAlone = ({ text, values }: Question, isOpen: boolean): boolean =>
  values.length === 0 &&
  !(isOpen && text === 'commit') &&
  (text.includes(';') || !/^\s*(select|with|insert|update|delete|savepoint|release)\b/i.test(text))

/**
 * Refuses a connection that row-level security would not hold: a superuser, one that may bypass it, or the owner of a table.
 * The embedded database always connects as its superuser, so there the role taken on in each transaction is what is checked.
 * @throws {Error} a sentence for whoever set up the database
 */
export const refuseIfUnguarded = async (db: Db, embedded: boolean): Promise<void> => {
  const { rows } = await sql<{ who: string; strong: boolean; owner: boolean; member: boolean }>`
    select r.rolname as who, r.rolsuper or r.rolbypassrls as strong,
      exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) as owner,
      pg_has_role(r.oid, 'trellis_app', 'member') as member
    from pg_roles r where r.rolname = ${embedded ? 'trellis_app' : sql`session_user`}`.execute(db)
  const role = rows[0]
  if (!role) throw new Error('The database has no role trellis_app yet: run `trellis migrate` first.')
  if (role.strong || role.owner)
    throw new Error(
      `The database role "${role.who}" could see past row-level security (it is a superuser, may bypass it, or owns the tables). ` +
        'Trellis will not serve with it. Put a plain role in DATABASE_URL and the owner in DATABASE_OWNER_URL, then run `trellis migrate`.',
    )
  if (!role.member)
    throw new Error(
      `The database role "${role.who}" is not a member of trellis_app: run \`trellis migrate\` with DATABASE_OWNER_URL set.`,
    )
  const open = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'data_class'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`.execute(
    db,
  )
  if (open.rows.length)
    throw new Error(
      `These tables hold personal data without forced row-level security: ${open.rows.map((r) => r.name).join(', ')}.`,
    )
}
