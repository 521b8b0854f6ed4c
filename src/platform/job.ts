import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'
import type { Question } from './together.ts'
import { askedInOneGo } from './transaction.ts'
import { newId } from './id.ts'
import type { RightOfWay } from './right-of-way.ts'
import type { Viewer } from './viewer.ts'

export type Job = { id: string; partnership: string; kind: string; payload: Record<string, string> }
export type JobHandler = (job: Job, db: Db) => Promise<void>

/** Leaves work for later in the transaction that needs it done. The same key waits only once. Payloads hold ids alone. */
export const enqueue = async (
  tx: Tx,
  viewer: Viewer,
  kind: string,
  payload: Record<string, string>,
  { key = newId(), at }: { key?: string; at?: Date } = {},
): Promise<void> => {
  await tx
    .insertInto('job')
    .values({
      partnership_id: viewer.partnership,
      id: newId(),
      kind,
      key,
      payload: JSON.stringify(payload),
      ...(at && { run_at: at }),
    })
    // No columns are named: that would need the right to read jobs, which only the worker has.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const most_attempts = 8
/** In ms, from when a job was due. */
const most_giving_way = 2000

type Claimed = { id: string; partnership_id: string; kind: string; payload: Record<string, string>; waited: number }

/** Takes the next job that is due, leased for two minutes so that a killed server's job is taken again. */
const claim = () =>
  sql<Claimed>`
  update job set locked_until = now() + interval '2 minutes', attempts = attempts + 1
  where (partnership_id, id) = (
    select partnership_id, id from job
    where done_at is null and run_at <= now() and attempts < ${most_attempts}
      and (locked_until is null or locked_until < now())
    order by run_at limit 1 for update skip locked)
  returning id, partnership_id, kind, payload, (extract(epoch from now() - run_at) * 1000)::float8 as waited`

/**
 * Runs what is due, one after another, until nothing is or `enough` says so. A job that fails waits longer each time.
 * One that has just become due gives `way` to whoever waits for an answer; after two seconds it does no more, so that a busy
 * day leaves nothing undone.
 * @returns how many ran
 */
export const runDueJobs = async (
  db: Db,
  handlers: Record<string, JobHandler>,
  onError: (kind: string, error: unknown) => void,
  { enough = () => false, way }: { enough?: () => boolean; way?: RightOfWay } = {},
): Promise<number> => {
  const system: Viewer = { kind: 'system', partnership: 'any' }
  // What is next is claimed in one go with the end of the last: a report leaves a job, and twenty a second come.
  const next = async (...ended: Question[]): Promise<Claimed | undefined> => {
    const answers = await askedInOneGo(db, system, ...ended, ...(enough() ? [] : [claim()]))
    return answers[ended.length]?.[0] as Claimed | undefined
  }
  let ran = 0
  for (let claimed = enough() ? undefined : await next(); claimed; ran++) {
    const job: Job = { ...claimed, partnership: claimed.partnership_id }
    await way?.after(most_giving_way - claimed.waited)
    const outcome = await run(db, handlers, job, onError)
    claimed = await next(end(job, outcome))
  }
  return ran
}

/** The job is found by its whole key: among all that were ever done it would otherwise be looked for in each. */
const end = ({ partnership, id }: Job, outcome: string): Question => {
  const itself = sql`partnership_id = ${partnership} and id = ${id}`
  return outcome === 'done'
    ? sql`update job set done_at = now(), locked_until = null where ${itself}`
    : sql`update job set locked_until = null, last_error = ${outcome},
        run_at = now() + least(interval '1 hour', interval '2 seconds' * power(3, attempts)) where ${itself}`
}

const run = async (
  db: Db,
  handlers: Record<string, JobHandler>,
  job: Job,
  onError: (kind: string, error: unknown) => void,
) => {
  const handler = handlers[job.kind]
  if (!handler) return 'no handler'
  try {
    await handler(job, db)
    return 'done'
  } catch (error) {
    onError(job.kind, error)
    return error instanceof Error ? error.name : 'error'
  }
}

/** How long nothing is looked for, in ms: where something was due the next comes soon, and a second's worth at once holds up pages. */
const [busy, idle] = [100, 1000]

/** Runs due jobs until stopped, looking again every second, and sooner where there are some; `stop` waits for the job in hand. */
export const startWorker = (
  db: Db,
  handlers: Record<string, JobHandler>,
  onError: (kind: string, error: unknown) => void,
  way?: RightOfWay,
) => {
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<unknown> = Promise.resolve()
  const turn = (): void => {
    current = runDueJobs(db, handlers, onError, { enough: () => stopping, way })
      .catch((error: unknown) => {
        onError('worker', error)
        return 0
      })
      .then((ran) => {
        if (!stopping) timer = setTimeout(turn, ran > 0 ? busy : idle)
      })
  }
  turn()
  return {
    stop: async (): Promise<void> => {
      stopping = true
      clearTimeout(timer)
      await current
    },
  }
}
