import { abreast, atRiskAt, dueAt, newId, type Tx, type Viewer } from '../platform/index.ts'
import { calendarOf, clockOf } from '../partnership/index.ts'

/**
 * Starts a clock on a concern, by the partnership's own time for it and its working calendar.
 * @returns when it is due; undefined, and no row, where the partnership has no such clock
 */
export const startClock = async (
  tx: Tx,
  viewer: Viewer,
  run: { concern: string; agency: string; clock: string; from: Date; of?: string },
): Promise<Date | undefined> => {
  const [clock, calendar] = await abreast(
    tx,
    () => clockOf(tx, viewer.partnership, run.clock, run.from),
    () => calendarOf(tx, viewer.partnership),
  )
  if (!clock) return undefined
  const due = dueAt(run.from, clock, calendar)
  await tx
    .insertInto('clock_run')
    .values({
      partnership_id: viewer.partnership,
      id: newId(),
      concern_id: run.concern,
      agency_id: run.agency,
      clock: run.clock,
      of_id: run.of ?? null,
      started_at: run.from,
      due_at: due,
      at_risk_at: atRiskAt(run.from, due, clock, calendar),
    })
    .execute()
  return due
}

/** Stops a clock of a concern because what it waited for is done. */
export const stopClocks = async (
  tx: Tx,
  viewer: Viewer,
  concern: string,
  clocks: readonly string[],
  at: Date,
  of?: string,
): Promise<void> => {
  let running = tx
    .updateTable('clock_run')
    .set({ stopped_at: at })
    .where('partnership_id', '=', viewer.partnership)
    .where('concern_id', '=', concern)
    .where('clock', 'in', clocks)
    .where('stopped_at', 'is', null)
  if (of) running = running.where('of_id', '=', of)
  await running.execute()
}
