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
import type { Stated, Viewer } from './viewer.ts'

type Kind = Viewer['kind'] | ''
/** As what kind of viewer something is asked, and with which stated purpose. Both must be the database's when it answers. */
type Voice = { kind: Kind; stated: Stated | undefined }

/**
 * In whose voice the statements of one open transaction are asked. Each says for itself as whom, and what was told
 * to the database last is known, so that a change is told before the statement that needs it and nothing is told twice.
 * Two that are asked side by side can so never be answered as each other's viewer.
 */
type Speaker = {
  /** Who was become last: who asks where nobody asks as the product, or with a purpose of their own. */
  as: Voice
  /** What the database was told last. Undefined where it may have gone back on it. */
  told: Voice | undefined
  /** How many wait side by side: while they do, nobody becomes somebody else and nothing can be taken back. */
  abreast: number
  /** What they asked since the first began or something was written, and its answer: who asks the same is answered with it. */
  answers: Map<string, Promise<QueryResult<unknown>>>
  /** What nobody waited for in between. */
  unheard: Promise<unknown>[]
  /** Whether the transaction has ended: what comes late must not reach whoever has the connection then. */
  ended: boolean
}

const speakers = new WeakMap<object, Speaker>()
/** What is going on asks as the product, or with this purpose, in these transactions. */
type Within = { speaker: Speaker; as: As; outer: Within | undefined }
/** Undefined: as whoever was become last. */
type As = 'product' | Stated | undefined
const within = new AsyncLocalStorage<Within>()

const withinOf = (speaker: Speaker): As => {
  for (let one = within.getStore(); one; one = one.outer) if (one.speaker === speaker) return one.as
  return undefined
}

/** The product's sight does not hang on a purpose: what was stated last may stand. */
const voiceOf = ({ as: own, told }: Speaker, as: As): Voice => {
  if (as === undefined) return own
  return as === 'product' ? { kind: 'system', stated: told?.stated } : { ...own, stated: as }
}

const isSame = (one: Voice, other: Voice | undefined): boolean =>
  one.kind === other?.kind && one.stated === other.stated

const speakerOf = (tx: Tx): Speaker => {
  const speaker = speakers.get(tx)
  if (!speaker) throw new Error('This transaction was not opened by inTransaction or asViewer.')
  return speaker
}

const nobody: Voice = { kind: '', stated: undefined }

/**
 * Runs `work` with the handle of a transaction that stands on `connection`, through which all of its statements go.
 * @param unheard gets what was left to be heard at the end
 */
export const speakingOn = async <T>(
  connection: DatabaseConnection,
  executor: QueryExecutor,
  work: (tx: Tx) => Promise<T>,
  unheard: Promise<unknown>[] = [],
): Promise<T> => {
  const speaker: Speaker = { as: nobody, told: nobody, abreast: 0, answers: new Map(), unheard, ended: false }
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
  const say = (as: As, asked: CompiledQuery): Promise<QueryResult<unknown>> => {
    const voice = voiceOf(speaker, as)
    // A connection that is gone, or a transaction that has failed, says so to the statement that follows.
    if (!isSame(voice, speaker.told)) connection.executeQuery(telling(voice, speaker.told)).catch(() => {})
    speaker.told = voice
    return connection.executeQuery(asked)
  }
  const sayWaiting = (): void => {
    const all = Map.groupBy(waiting, ({ as }) => as)
    waiting = []
    const [told, others] = [true, false].map((same) =>
      [...all].filter(([as]) => isSame(voiceOf(speaker, as), speaker.told) === same),
    )
    for (const { as, asked, answer } of [...told!, ...others!].flatMap(([, those]) => those))
      answer(speaker.ended ? Promise.reject(ended()) : say(as, asked))
  }
  /** What is asked side by side in one moment is told apart once, and not for each that asks as somebody else than the last. */
  const sayWithOthers = (as: As, asked: CompiledQuery): Promise<QueryResult<unknown>> =>
    new Promise((answer) => {
      if (waiting.push({ as, asked, answer }) === 1) process.nextTick(sayWaiting)
    })
  return {
    executeQuery: <R>(asked: CompiledQuery) => {
      if (speaker.ended) return Promise.reject(ended())
      const as = withinOf(speaker)
      const isOnce = speaker.abreast > 0 && isReading(asked)
      if (isOnce) return askedOnce<R>(speaker.answers, as, asked, () => sayWithOthers(as, asked))
      // What is written may be what the next one reads.
      speaker.answers.clear()
      sayWaiting()
      return say(as, asked) as Promise<QueryResult<R>>
    },
    streamQuery: () => {
      throw new Error('Rows are read as a whole.')
    },
  }
}

type Waiting = {
  as: As
  asked: CompiledQuery
  answer: (answer: Promise<QueryResult<unknown>>) => void
}

const ended = () => new Error('The transaction has ended.')

/** Whether it can be asked once for all who ask it at the same time: it reads, and does nothing else. */
const isReading = ({ sql: text }: CompiledQuery): boolean =>
  /^\s*(select|with)\b/.test(text) && !/\b(set_config|nextval|insert|update|delete|share|pg_\w+)\b/.test(text)

const askedOnce = async <R>(
  answers: Speaker['answers'],
  as: As,
  { sql: text, parameters }: CompiledQuery,
  ask: () => Promise<QueryResult<unknown>>,
): Promise<QueryResult<R>> => {
  const name = `${JSON.stringify(as)} ${JSON.stringify(parameters)} ${text}`
  const answer = answers.get(name) ?? ask()
  answers.set(name, answer)
  const { rows } = (await answer) as QueryResult<R>
  // Each may sort and take away what they were given.
  return { rows: rows.map((row) => ({ ...row })) }
}

/** What the database is told of a purpose, setting by setting: one that was not stated is empty. */
export const purposeSettings = (stated: Stated | undefined): [name: string, value: string][] => [
  ['trellis.purpose', stated?.purpose ?? ''],
  ['trellis.basis', stated?.basis ?? ''],
  ['trellis.condition', stated?.condition ?? ''],
  ['trellis.purpose_until', stated?.until.toISOString() ?? ''],
]

const telling = ({ kind, stated }: Voice, told: Voice | undefined): CompiledQuery => {
  const settings = [['trellis.viewer', kind], ...(told && stated === told.stated ? [] : purposeSettings(stated))]
  const text = settings.map(([name], i) => `set_config('${name}', $${i + 1}, true)`).join(', ')
  return { sql: `select ${text}`, parameters: settings.map(([, value]) => value) } as unknown as CompiledQuery
}

/**
 * Leaves something that was asked to be heard when the transaction ends, which it does in one go with what was asked last.
 * The transaction fails where it failed.
 */
export const heardAtTheEnd = (tx: Tx, asked: Promise<unknown>): void => {
  asked.catch(() => {})
  speakerOf(tx).unheard.push(asked)
}

/** Every statement that `work` asks in this transaction is asked as the product. */
export const speakAsProduct = <T>(tx: Tx, work: () => Promise<T>): Promise<T> =>
  within.run({ speaker: speakerOf(tx), as: 'product', outer: within.getStore() }, work)

/** Every statement that `work` asks in this transaction is asked as whoever asks here, with this purpose. */
export const speakStating = async <T>(tx: Tx, stated: Stated, work: () => Promise<T>): Promise<T> => {
  const speaker = speakerOf(tx)
  if (speaker.as.kind !== 'staff' || withinOf(speaker) === 'product')
    throw new Error('Only a member of staff, asking for themself, states why.')
  return within.run({ speaker, as: stated, outer: within.getStore() }, work)
}

/** Notes that the statement which is asked next tells the database who asks from here on. */
export const spokenFor = (tx: Tx, viewer: Viewer): void => {
  const speaker = speakerOf(tx)
  if (speaker.abreast > 0 || withinOf(speaker))
    throw new Error('Nobody becomes somebody else beside others, or within what is asked as another.')
  speaker.as = { kind: viewer.kind, stated: viewer.kind === 'staff' ? viewer.stated : undefined }
  speaker.told = speaker.as
}

/**
 * What a savepoint goes back to: who asked, what is to be heard at the end, and that the database has gone back on what it
 * was told since.
 */
export const speakerBefore = (tx: Tx): (() => void) => {
  const speaker = speakerOf(tx)
  if (speaker.abreast > 0) throw new Error('Nothing can be taken back while others ask beside it.')
  const { as } = speaker
  const { length } = speaker.unheard
  return () => {
    speaker.unheard.length = length
    speaker.as = as
    speaker.told = undefined
  }
}

/**
 * Asks several things of one transaction side by side, each of which may ask on when it is answered. The database answers one
 * after the other and nobody waits for it in between. What they write at once is written in their order; what they read at
 * once is asked after it. Whoever becomes somebody else or takes something back among them fails.
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
