import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { AddressInfo } from 'node:net'
import { openHouse } from '../app.ts'
import { loadDemo } from '../demo.ts'
import { startLooks } from '../concerns/index.ts'
import { keepKnownEncoded, startJoining } from '../joining/index.ts'
import {
  asViewer,
  describeError,
  keepLogGrowing,
  startWorker,
  type Config,
  type Database,
  type Db,
} from '../platform/index.ts'
import { startDays } from '../support/index.ts'
import { openUpToDate } from './up-to-date.ts'

/** Opens the house and keeps it open until it is asked to stop. Resolves when it listens. */
export const serve = async (config: Config): Promise<void> => {
  const began = Date.now()
  const { database } = await openUpToDate(config)
  try {
    const { house, app, jobs } = await openHouse(config, database)
    if (!(await hasPartnership(house.db))) {
      if (!config.demo)
        throw new Error(
          'This database holds no partnership yet: make one with `trellis partnership create FILE --default`, or start with --demo to try it.',
        )
      await loadDemo(house)
      await analyze(database)
    }
    await startJoining(house.db, new Date())
    await startLooks(house.db, new Date())
    await startDays(house.db, new Date())
    const took = `${((Date.now() - began) / 1000).toFixed(1)} s`
    await app.listen({ port: config.port, host: config.host })
    const worker = startWorker(
      house.db,
      jobs,
      (kind, error) => app.log.error({ job: kind, err: describeError(error as Error) }, 'job failed'),
      house.way,
    )
    const log = keepLogGrowing(house.db, house.keys, (error) =>
      app.log.error({ err: describeError(error as Error) }, 'the event log’s tree did not grow'),
    )
    const encoding = keepKnownEncoded(house.db, house.keys, (error) =>
      app.log.error({ err: describeError(error as Error) }, 'not everybody is encoded for blind questions'),
    )
    const tidying = setInterval(() => void analyze(database).catch(() => {}), 60 * 60 * 1000)
    stopWhenAsked(app, async () => {
      clearInterval(tidying)
      await worker.stop()
      await encoding.stop()
      await log.stop()
      await database.close()
    })
    // Asked for any port: the address that people open is only known now.
    config.publicUrl = addressOf(config, app.server.address() as AddressInfo)
    announce(`${config.publicUrl}/`, took, await database.name())
  } catch (error) {
    await database.close()
    throw error
  }
}

export const hasPartnership = (db: Db): Promise<boolean> =>
  asViewer(db, { kind: 'public', partnership: 'any' }, async (tx) =>
    Boolean(await tx.selectFrom('partnership').select('id').limit(1).executeTakeFirst()),
  )

/** The embedded database keeps no statistics by itself, and without them picks slow ways through big tables. */
export const analyze = async ({ db, dump }: Database): Promise<void> => {
  if (dump) await sql`analyze`.execute(db)
}

const addressOf = (config: Config, { port }: AddressInfo): string => {
  const url = new URL(config.publicUrl)
  if (url.port === '0') url.port = String(port)
  return url.href.replace(/\/$/, '')
}

/** `npm start` waits for this on its channel; anybody else reads it. */
const announce = (url: string, took: string, database: string): void => {
  if (process.send) process.send({ ready: url, database: took })
  else console.log(`Trellis is ready on the ${database}. Open ${url}`)
}

const patience = 10_000

/**
 * On a polite signal: takes no new connections, answers the requests in hand for ten seconds at most, then `leave`s
 * and ends. So does the end of the channel to whoever started us: without them nobody could stop us any more.
 */
const stopWhenAsked = (app: FastifyInstance, leave: () => Promise<void>): void => {
  const inHand = requestsInHand(app)
  let asked = 0
  const stop = async (): Promise<void> => {
    // One Ctrl-C arrives several times: from the terminal, and passed on by npm. A later one means it.
    if (asked) return Date.now() - asked > 1000 ? process.exit(1) : undefined
    asked = Date.now()
    // Browsers hold connections open that have asked for nothing: closing alone would wait for those as well.
    const parting = setInterval(() => {
      if (inHand() === 0 || Date.now() - asked > patience) app.server.closeAllConnections()
    }, 50)
    await app.close()
    clearInterval(parting)
    // A job that takes longer is taken up again when its lease ends.
    await Promise.race([leave(), new Promise((resolve) => setTimeout(resolve, patience))])
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
  if (process.send) process.once('disconnect', () => void stop())
}

/** How many requests have been asked and not yet answered. */
const requestsInHand = (app: FastifyInstance): (() => number) => {
  let count = 0
  app.server.on('request', (_, reply) => {
    count++
    reply.once('close', () => count--)
  })
  return () => count
}
