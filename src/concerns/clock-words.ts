import { workingMinutesBetween, type WorkingCalendar } from '../platform/index.ts'

/** A clock as the pages show it. */
export type Shown = {
  started_at: Date
  at_risk_at: Date
  due_at: Date
  stopped_at?: Date | null
  paused_from: readonly Date[]
  paused_to: readonly (Date | null)[]
  unit: string | null
}
export type ClockState = 'paused' | 'late' | 'at risk' | 'on time'

export const isPaused = ({ paused_to }: Pick<Shown, 'paused_to'>): boolean => paused_to.some((to) => to === null)

export const clockState = (run: Shown, now: Date): ClockState =>
  isPaused(run) ? 'paused' : now > run.due_at ? 'late' : now >= run.at_risk_at ? 'at risk' : 'on time'

/** Whether a clock counts the hours that people work, or the hours of the day. */
export const countsWorkingTime = (unit: string | null): boolean => unit === null || unit.startsWith('working')

/** Minutes that have passed on a clock, in the time it counts, without those it was paused. */
export const minutesOn = (run: Shown, now: Date, calendar: WorkingCalendar): number => {
  const between = (from: Date, to: Date) =>
    countsWorkingTime(run.unit)
      ? workingMinutesBetween(from, to, calendar)
      : Math.max(0, (to.getTime() - from.getTime()) / 60_000)
  const paused = run.paused_from.reduce((total, from, i) => total + between(from, run.paused_to[i] ?? now), 0)
  return Math.max(0, between(run.started_at, run.stopped_at ?? now) - paused)
}

type Plural = { one: string; many: string }
type Spans = Record<'workingMinutes' | 'workingHours' | 'workingDays' | 'minutes' | 'hours' | 'days' | 'months', Plural>

/**
 * '3 working hours': whole steps, rounded down, so that nobody reads more time than passed. A clock of days comes whole,
 * so from one day on it is said in days; another is said in hours up to two.
 */
export const spanWords = (words: Spans, minutes: number, unit: string | null, calendar: WorkingCalendar): string => {
  const working = countsWorkingTime(unit)
  const day = working ? calendar.closes - calendar.opens : 24 * 60
  const say = (plural: Plural, count: number) =>
    count === 1 ? plural.one : plural.many.replace('{count}', String(count))
  if (minutes < 60) return say(working ? words.workingMinutes : words.minutes, Math.floor(minutes))
  if (minutes < (unit?.endsWith('days') ? day : day * 2))
    return say(working ? words.workingHours : words.hours, Math.floor(minutes / 60))
  return say(working ? words.workingDays : words.days, Math.floor(minutes / day))
}

/** The time a clock allows, as its rule says it: '1 working day'. */
export const allowedWords = (words: Spans, amount: string | null, unit: string | null): string | undefined => {
  const names: Record<string, Plural> = {
    'working-hours': words.workingHours,
    'working-days': words.workingDays,
    hours: words.hours,
    days: words.days,
    months: words.months,
  }
  const plural = unit ? names[unit] : undefined
  if (!plural || amount === null) return undefined
  const count = Number(amount)
  return count === 1 ? plural.one : plural.many.replace('{count}', String(count))
}
