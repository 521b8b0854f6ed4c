import { AsyncLocalStorage } from 'node:async_hooks'
import {
  PostgresDialect,
  Transaction,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryExecutor,
  type QueryResult,
} from 'kysely'
import type { Tx } from './db.ts'
import type { DB } from './tables.ts'
import type { Viewer } from './viewer.ts'

type Kind = Viewer['kind'] | ''

/**
 * As what kind of viewer the statements of one open transaction are asked. Each says for itself as whom, and what was told
 * to the database last is known, so that a change is told before the statement that needs it and nothing is told twice.
 * Two that are asked side by side can so never be answered as each other's viewer.
 */
type Speaker = {
  /** Who was become last: who asks where nobody asks as the product. */
  as: Kind
  /** What the database was told last. Undefined where it may have gone back on it. */
  told: Kind | undefined
  /** How many wait side by side: while they do, nobody becomes somebody else and nothing can be taken back. */
  abreast: number
  /** What they asked since the first began or something was written, and its answer: who asks the same is answered with it. */
  answers: Map<string, Promise<QueryResult<unknown>>>
  /** Whether the transaction has ended: what comes late must not reach whoever has the connection then. */
  ended: boolean
}

const speakers = new WeakMap<object, Speaker>()
/** What is going on asks as the product, in these transactions. */
const asProductIn = new AsyncLocalStorage<{ speaker: Speaker; outer: unknown }>()

const isProduct = (speaker: Speaker): boolean => {
  for (let one = asProductIn.getStore(); one; one = one.outer as typeof one) if (one.speaker === speaker) return true
  return false
}

const speakerOf = (tx: Tx): Speaker => {
  const speaker = speakers.get(tx)
  if (!speaker) throw new Error('This transaction was not opened by inTransaction or asViewer.')
  return speaker
}

/** Runs `work` with the handle of a transaction that stands on `connection`, through which all of its statements go. */
export const speakingOn = async <T>(
  connection: DatabaseConnection,
  executor: QueryExecutor,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  const speaker: Speaker = { as: '', told: '', abreast: 0, answers: new Map(), ended: false }
  const through = speaking(connection, speaker)
  const tx = new Transaction<DB>({
    ...unused,
    executor: executor.withConnectionProvider({ provideConnection: (consumer) => consumer(through) }),
  })
  speakers.set(tx, speaker)
  try {
    return await work(tx)
  } finally {
    speaker.ended = true
  }
}

// What a transaction is made of besides its executor; it opens no connection of its own.
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('A transaction has its connection.')) })
const unused = { config: { dialect }, dialect, driver: dialect.createDriver() }

const speaking = (connection: DatabaseConnection, speaker: Speaker): DatabaseConnection => {
  let waiting: Waiting[] = []
  const say = (kind: Kind, asked: CompiledQuery): Promise<QueryResult<unknown>> => {
    // A connection that is gone, or a transaction that has failed, says so to the statement that follows.
    if (speaker.told !== kind) connection.executeQuery(telling(kind)).catch(() => {})
    speaker.told = kind
    return connection.executeQuery(asked)
  }
  const sayWaiting = (): void => {
    const all = waiting
    waiting = []
    const [first, second] = [true, false].map((same) => all.filter(({ kind }) => (kind === speaker.told) === same))
    for (const { kind, asked, answer } of [...first!, ...second!])
      answer(speaker.ended ? Promise.reject(ended()) : say(kind, asked))
  }
  /** What is asked side by side in one moment is told apart once, and not for each that asks as somebody else than the last. */
  const sayWithOthers = (kind: Kind, asked: CompiledQuery): Promise<QueryResult<unknown>> =>
    new Promise((answer) => {
      if (waiting.push({ kind, asked, answer }) === 1) process.nextTick(sayWaiting)
    })
  return {
    executeQuery: <R>(asked: CompiledQuery) => {
      if (speaker.ended) return Promise.reject(ended())
      const kind = isProduct(speaker) ? 'system' : speaker.as
      const isOnce = speaker.abreast > 0 && isReading(asked)
      if (isOnce) return askedOnce<R>(speaker.answers, kind, asked, () => sayWithOthers(kind, asked))
      // What is written may be what the next one reads.
      speaker.answers.clear()
      sayWaiting()
      return say(kind, asked) as Promise<QueryResult<R>>
    },
    streamQuery: () => {
      throw new Error('Rows are read as a whole.')
    },
  }
}

type Waiting = { kind: Kind; asked: CompiledQuery; answer: (answer: Promise<QueryResult<unknown>>) => void }

const ended = () => new Error('The transaction has ended.')

/** Whether it can be asked once for all who ask it at the same time: it reads, and does nothing else. */
const isReading = ({ sql: text }: CompiledQuery): boolean =>
  /^\s*(select|with)\b/.test(text) && !/\b(set_config|nextval|insert|update|delete|share|pg_\w+)\b/.test(text)

const askedOnce = async <R>(
  answers: Speaker['answers'],
  kind: Kind,
  { sql: text, parameters }: CompiledQuery,
  ask: () => Promise<QueryResult<unknown>>,
): Promise<QueryResult<R>> => {
  const name = `${kind} ${JSON.stringify(parameters)} ${text}`
  const answer = answers.get(name) ?? ask()
  answers.set(name, answer)
  const { rows } = (await answer) as QueryResult<R>
  // Each may sort and take away what they were given.
  return { rows: rows.map((row) => ({ ...row })) }
}

const telling = (kind: Kind): CompiledQuery =>
  ({ sql: `select set_config('trellis.viewer', $1, true)`, parameters: [kind] }) as unknown as CompiledQuery

/** Every statement that `work` asks in this transaction is asked as the product. */
export const speakAsProduct = <T>(tx: Tx, work: () => Promise<T>): Promise<T> =>
  asProductIn.run({ speaker: speakerOf(tx), outer: asProductIn.getStore() }, work)

/** Notes that the statement which is asked next tells the database who asks from here on. */
export const spokenFor = (tx: Tx, kind: Viewer['kind']): void => {
  const speaker = speakerOf(tx)
  if (speaker.abreast > 0 || isProduct(speaker))
    throw new Error('Nobody becomes somebody else beside others, or within what is asked as the product.')
  speaker.as = kind
  speaker.told = kind
}

/** What a savepoint goes back to: who asked, and that the database has gone back on what it was told since. */
export const speakerBefore = (tx: Tx): (() => void) => {
  const speaker = speakerOf(tx)
  if (speaker.abreast > 0) throw new Error('Nothing can be taken back while others ask beside it.')
  const { as } = speaker
  return () => {
    speaker.as = as
    speaker.told = undefined
  }
}

/**
 * Asks several things of one transaction side by side, each of which may ask on when it is answered. PostgreSQL answers one
 * after the other and nobody waits for it in between; the embedded database is asked one by one. What they write at once is
 * written in their order; what they read at once is asked after it. Whoever becomes somebody else or takes something back
 * among them fails.
 * @returns what each returned
 * @throws {Error} the first failure, when all have ended
 */
export const abreast = async <const T extends readonly (() => Promise<unknown>)[]>(
  tx: Tx,
  ...asks: T
): Promise<{ -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }> => {
  const speaker = speakerOf(tx)
  speaker.abreast++
  try {
    const settled = await Promise.allSettled(asks.map(async (ask) => ask()))
    const all = settled.map((one) => {
      if (one.status === 'rejected') throw one.reason
      return one.value
    })
    return all as { -readonly [K in keyof T]: Awaited<ReturnType<T[K]>> }
  } finally {
    speaker.abreast--
    if (speaker.abreast === 0) speaker.answers.clear()
  }
}
