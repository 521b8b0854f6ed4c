import { abreast, atRiskAt, dueAt, newId, type Tx, type Viewer, type WorkingCalendar } from '../platform/index.ts'
import { calendarOf, clockOf, type ClockRule } from '../partnership/index.ts'

type Run = { concern: string; agency: string; from: Date; of?: string }

/** The row of a clock that starts on a concern, by the partnership's own time for it and its working calendar. */
export const clockRun = (
  { partnership }: Viewer,
  { concern, agency, from, of }: Run,
  rule: ClockRule,
  calendar: WorkingCalendar,
) => {
  const due_at = dueAt(from, rule, calendar)
  return {
    partnership_id: partnership,
    id: newId(),
    concern_id: concern,
    agency_id: agency,
    clock: rule.code,
    of_id: of ?? null,
    started_at: from,
    due_at,
    at_risk_at: atRiskAt(from, due_at, rule, calendar),
  }
}

/**
 * Starts a clock on a concern.
 * @returns when it is due; undefined, and no row, where the partnership has no such clock
 */
export const startClock = async (
  tx: Tx,
  viewer: Viewer,
  { clock, ...run }: Run & { clock: string },
): Promise<Date | undefined> => {
  const [rule, calendar] = await abreast(
    tx,
    () => clockOf(tx, viewer.partnership, clock, run.from),
    () => calendarOf(tx, viewer.partnership),
  )
  if (!rule) return undefined
  const row = clockRun(viewer, run, rule, calendar)
  await tx.insertInto('clock_run').values(row).execute()
  return row.due_at
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
