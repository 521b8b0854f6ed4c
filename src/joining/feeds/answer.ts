import {
  asProduct,
  enqueue,
  hasRole,
  NotFound,
  record,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../../platform/index.ts'
import { mappingProblem, type Mapping, type MappingProblem } from './columns.ts'
import { endRun } from './end-run.ts'
import { asksAgain, feedToSend, runOf, type Feed, type Run, type RunState } from './feed.ts'
import { summed } from './stage.ts'

export type Found = { feed: Feed; run: Run }

/** A run with its feed, for whoever may send it. @throws {NotFound} */
export const runFor = async (
  tx: Tx,
  viewer: Viewer,
  feed: string | undefined,
  run: string | undefined,
): Promise<Found> => {
  const of = await feedToSend(tx, viewer, feed)
  const found = await runOf(tx, viewer.partnership, run)
  if (found.feed_id !== of.id) throw new NotFound()
  return { feed: of, run: found }
}

/**
 * Says what the columns hold, from now on and for this file, which is read by it from the beginning.
 * @returns why not, where rows could not be read so; 'too late' when the file is past that
 */
export const sayColumns = (
  tx: Tx,
  worker: StaffViewer,
  { feed, run }: Found,
  columns: Mapping,
): Promise<'said' | 'too late' | MappingProblem> => {
  const wrong = mappingProblem(columns)
  if (wrong) return Promise.resolve(wrong.problem)
  return turning(tx, worker, run, ['columns', 'ready'], async () => {
    await tx
      .updateTable('feed')
      .set({ columns: JSON.stringify(columns) })
      .where('partnership_id', '=', worker.partnership)
      .where('id', '=', feed.id)
      .execute()
    await tx
      .deleteFrom('feed_row')
      .where('partnership_id', '=', worker.partnership)
      .where('run_id', '=', run.id)
      .execute()
    await go(tx, worker, run, 'reading', { read_rows: 0 })
    await record(tx, worker, 'feed columns said', { kind: 'feed', id: feed.id }, { run: run.id })
    return 'said' as const
  })
}

/** Applies what was read and seen, unless so many would be deleted that a manager looks again first. */
export const confirmRun = (
  tx: Tx,
  worker: StaffViewer,
  { feed, run }: Found,
  at: Date,
): Promise<'applying' | 'second look' | 'too late'> =>
  turning(tx, worker, run, ['ready'], async () => {
    const asks = asksAgain(await summed(tx, worker.partnership, run.id, feed))
    const state = asks ? 'second look' : 'applying'
    await go(tx, worker, run, state, { confirmed_by: worker.staff, confirmed_at: at })
    await record(tx, worker, 'feed confirmed', { kind: 'feed', id: feed.id }, { run: run.id, gone: run.gone_rows })
    return state
  })

/** Whether this viewer is the second person: a manager of the agency who neither sent nor confirmed it. */
export const maySecond = (worker: StaffViewer, run: Run): boolean =>
  hasRole(worker, 'manager') &&
  worker.agency === run.agency_id &&
  run.staff_id !== worker.staff &&
  run.confirmed_by !== worker.staff

/** A manager has seen how many would be deleted, and says whether that is so. @throws {NotFound} for anybody else */
export const answerLook = async (
  tx: Tx,
  worker: StaffViewer,
  { feed, run }: Found,
  answer: 'apply' | 'stop',
  at: Date,
): Promise<'applying' | 'stopped' | 'too late'> => {
  if (!maySecond(worker, run)) throw new NotFound()
  return turning(tx, worker, run, ['second look'], async () => {
    const about = { kind: 'feed', id: feed.id }
    await record(tx, worker, 'feed looked at again', about, { run: run.id, answer, gone: run.gone_rows })
    if (answer === 'stop') {
      await endRun(tx, worker, run, { state: 'stopped', at })
      return 'stopped' as const
    }
    await go(tx, worker, run, 'applying', { looked_by: worker.staff })
    return 'applying' as const
  })
}

/** Does not apply it: nothing has changed, and the file goes. */
export const stopRun = (tx: Tx, worker: StaffViewer, { run }: Found, at: Date): Promise<'stopped' | 'too late'> =>
  turning(tx, worker, run, ['columns', 'ready', 'reading', 'second look'], async () => {
    await endRun(tx, worker, run, { state: 'stopped', at })
    return 'stopped' as const
  })

/** Somebody else may have been faster: the state is looked at under a lock. */
const turning = <T>(
  tx: Tx,
  { partnership }: Viewer,
  run: Run,
  from: readonly RunState[],
  work: () => Promise<T>,
): Promise<T | 'too late'> =>
  asProduct(tx, async () => {
    const now = await tx
      .selectFrom('feed_run')
      .select('state')
      .where('partnership_id', '=', partnership)
      .where('id', '=', run.id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    return from.includes(now.state as RunState) ? work() : 'too late'
  })

const go = async (
  tx: Tx,
  { partnership }: Viewer,
  run: Run,
  state: RunState,
  more: { read_rows?: number; confirmed_by?: string; confirmed_at?: Date; looked_by?: string },
): Promise<void> => {
  await tx
    .updateTable('feed_run')
    .set({ state, ...more })
    .where('partnership_id', '=', partnership)
    .where('id', '=', run.id)
    .execute()
  if (state === 'applying' || state === 'reading')
    await enqueue(tx, { kind: 'system', partnership }, 'feed run', { run: run.id })
}
