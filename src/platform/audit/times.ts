import type { Checkpoint } from './checkpoint.ts'
import type { EventRow } from './leaf.ts'

/** Both times of a row are told one instruction after the other. */
const moment = 1000

type Tell = (why: string) => void

/**
 * Whether an event can be where it is, given what was signed before it: a checkpoint says up to which moment and number
 * it is complete. A clock that was set back is no tampering: then the checkpoint after it speaks of an earlier time too.
 */
export const makeTimeJudge = (checkpoints: readonly Checkpoint[], now: Date) => {
  const signed = checkpoints.map((one) => ({ ...one, told: Date.parse(one.at) }))
  /** The first checkpoint that is not behind us. */
  let next = 0
  let played = 0
  let timed = false

  const mistake = (row: EventRow): string | undefined => {
    const recorded = Date.parse(String(row['recorded_at'] ?? row.at))
    const earlier = signed[next - 1]
    const setBack = earlier && (signed[next]?.told ?? now.getTime()) < earlier.told
    const complete = earlier?.complete
    if (earlier && complete && row.seq <= complete.seq)
      return `is numbered among the events that the checkpoint of ${earlier.at} covers, and it does not know this one`
    if (earlier && complete && !setBack && recorded < Date.parse(complete.time))
      return `says it was recorded before the checkpoint of ${earlier.at}, which does not know it`
    if (row['played'] !== true && Math.abs(Date.parse(row.at) - recorded) > moment)
      return `says another time than the one it was recorded at (${String(row['recorded_at'])})`
    return undefined
  }

  const look = (row: EventRow, place: number, old: boolean, tell: Tell): void => {
    while (signed[next] && signed[next]!.size <= place) next++
    if (row['played'] === true) played++
    const why = old ? undefined : mistake(row)
    if (why) tell(why)
  }

  const says = (row: EventRow): boolean => (row['recorded_at'] ?? null) !== null
  return {
    inTree: (row: EventRow, position: number, tell: Tell): void => {
      // Rows from before the log was kept do not say when they were recorded: they are the first leaves.
      timed ||= says(row)
      look(row, position, !timed, tell)
    },
    outsideTree: (row: EventRow, size: number, tell: Tell): void =>
      look(row, size, !says(row) && signed.length === 0, tell),
    played: () => played,
  }
}
