import { nearEighteenDays, rungs, type Rung } from '../plan/plan.ts'

export type Step = {
  id: string
  way: 'down' | 'up'
  to_rung: Rung
  safer: string
  stays: string
  signs: string
  back: string
  why: string
  taken_by: string
  taken_at: Date
}

export type Closure = {
  id: string
  keeper_id: string
  until_on: string
  stays: string
  view: string
  unheard: string
  signs: string
  instead: string
  near_eighteen: boolean
  asked_by: string
  asked_at: Date
  /** Null while it waits for the second person. */
  closed_at: Date | null
  ended_at: Date | null
  second: 'yes' | 'no' | null
  reopened: 'concern' | 'asked' | null
}

/** Where a plan stands on the ladder: at the top until somebody took a step. */
export const rungOf = (steps: readonly Pick<Step, 'to_rung'>[]): Rung => steps[0]?.to_rung ?? rungs[0]
/** One step down, or one back up; undefined at either end. */
export const below = (rung: Rung): Rung | undefined => rungs[rungs.indexOf(rung) + 1]
export const above = (rung: Rung): Rung | undefined => rungs[rungs.indexOf(rung) - 1]

const day = 86_400_000
/** Whether a day is so near the eighteenth birthday that closing asks for a second person. */
export const isNearEighteen = (adultFrom: string | null, today: string): boolean =>
  adultFrom !== null && Math.abs(Date.parse(adultFrom) - Date.parse(today)) / day <= nearEighteenDays

/** Closed, and it counts. */
export const isClosed = (closure: Closure | undefined): boolean =>
  closure !== undefined && closure.closed_at !== null && closure.ended_at === null
/** Asked for, and the second person has not answered. */
export const isWaiting = (closure: Closure | undefined): boolean =>
  closure !== undefined && closure.closed_at === null && closure.ended_at === null
