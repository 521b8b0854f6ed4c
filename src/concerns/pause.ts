import {
  dueAt,
  inTransaction,
  isId,
  newId,
  NotFound,
  record,
  workingMinutesBetween,
  type Db,
  type Keys,
  type Tx,
  type Viewer,
  type WorkingCalendar,
} from '../platform/index.ts'
import { calendarOf, clockOf } from '../partnership/index.ts'
import { concernFor, frontDoor, within } from './front-door.ts'
import { keyOfRow, sealed } from './sealed.ts'

/** Pauses a clock, with the reason. What keeps somebody safe never waits for a clock, paused or not. */
export const pause = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  { run, why, at }: { run: string; why: string; at: Date },
): Promise<'paused' | 'not running'> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const running = await runningClock(tx, worker.partnership, id, run)
    if (!running) return 'not running'
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const paused = newId()
    const made = await tx
      .insertInto('clock_pause')
      .values(
        sealed(key, 'clock_pause', {
          ...within(worker, concern),
          id: paused,
          run_id: run,
          why,
          staff_id: worker.staff,
          from_at: at,
        }),
      )
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return 'not running'
    await record(tx, worker, 'clock paused', { kind: 'concern', id }, { clock: running.clock, pause: paused })
    return 'paused'
  })

/** Lets a paused clock run on: what was left of it when it was paused is left of it now. */
export const resume = (
  db: Db | Tx,
  viewer: Viewer,
  id: string,
  { run, at }: { run: string; at: Date },
): Promise<'resumed' | 'not paused'> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    await concernFor(tx, worker, id)
    const running = await runningClock(tx, worker.partnership, id, run)
    const paused = await tx
      .updateTable('clock_pause')
      .set({ to_at: at })
      .where('partnership_id', '=', worker.partnership)
      .where('concern_id', '=', id)
      .where('run_id', '=', run)
      .where('to_at', 'is', null)
      .returning('from_at')
      .executeTakeFirst()
    if (!running || !paused) return 'not paused'
    const rule = await clockOf(tx, worker.partnership, running.clock, running.started_at)
    const calendar = await calendarOf(tx, worker.partnership)
    const byHours = rule === undefined || rule.unit.startsWith('working')
    const later = (moment: Date) => movedBy(moment, paused.from_at, at, byHours ? calendar : undefined)
    await tx
      .updateTable('clock_run')
      .set({ due_at: later(running.due_at), at_risk_at: later(running.at_risk_at) })
      .where('partnership_id', '=', worker.partnership)
      .where('id', '=', run)
      .execute()
    await record(tx, worker, 'clock resumed', { kind: 'concern', id }, { clock: running.clock })
    return 'resumed'
  })

/** A moment put off by the time between two others: by working time where there is a calendar, otherwise by the clock on the wall. */
export const movedBy = (moment: Date, from: Date, to: Date, calendar?: WorkingCalendar): Date => {
  if (!calendar) return new Date(moment.getTime() + to.getTime() - from.getTime())
  const minutes = workingMinutesBetween(from, to, calendar)
  // Nothing to put off: adding no minutes to closing time would give the next opening time.
  return minutes === 0 ? moment : dueAt(moment, { amount: minutes / 60, unit: 'working-hours' }, calendar)
}

const runningClock = (tx: Tx, partnership: string, concern: string, run: string) => {
  if (!isId(run)) throw new NotFound()
  return tx
    .selectFrom('clock_run')
    .select(['id', 'clock', 'started_at', 'at_risk_at', 'due_at'])
    .where('partnership_id', '=', partnership)
    .where('concern_id', '=', concern)
    .where('id', '=', run)
    .where('stopped_at', 'is', null)
    .executeTakeFirst()
}
