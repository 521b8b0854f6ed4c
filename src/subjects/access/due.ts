import { dueAt, instant, isWorkingDay, localDate, type WorkingCalendar } from '../../platform/index.ts'

const noon = 12 * 60
const day = 86_400_000

/**
 * The last day to answer: the same date a month later, or that month's last day; on a day nobody works, the next that
 * somebody does. It counts from the request, or from the day on which it was known who asked, if that came later; with
 * an extension it is three months from there (UK GDPR Article 12(3), and the Commissioner's guide to the right of access).
 */
export const dueOn = (
  request: { asked_on: string; identity_on: string | null },
  extended: boolean,
  calendar: WorkingCalendar,
): string => {
  const { asked_on, identity_on } = request
  const from = identity_on && identity_on > asked_on ? identity_on : asked_on
  const at = instant(from, noon, 'UTC')
  let due = localDate(dueAt(at, { amount: extended ? 3 : 1, unit: 'months' }, calendar), 'UTC')
  while (!isWorkingDay(due, calendar)) due = new Date(Date.parse(`${due}T12:00:00Z`) + day).toISOString().slice(0, 10)
  return due
}
