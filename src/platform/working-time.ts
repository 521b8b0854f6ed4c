/** The hours a partnership counts as working time, in its own time zone. */
export type WorkingCalendar = {
  zone: string
  /** Minutes after midnight. */
  opens: number
  closes: number
  /** Days nobody works, as YYYY-MM-DD. Saturdays and Sundays never count. */
  holidays: ReadonlySet<string>
}
export type Span = { amount: number; unit: 'working-hours' | 'working-days' | 'hours' | 'days' | 'months' }

const minute = 60_000
const day = 24 * 60 * minute

/**
 * When a clock that starts at `from` is due. Working days count from the next working day and end when it closes;
 * working hours run only while the office is open. Hours, days and months are of the calendar.
 */
export const dueAt = (from: Date, span: Span, calendar: WorkingCalendar): Date => {
  switch (span.unit) {
    case 'hours':
      return new Date(from.getTime() + span.amount * 60 * minute)
    case 'days':
      return new Date(from.getTime() + span.amount * day)
    case 'months':
      return addMonths(from, span.amount)
    case 'working-hours':
      return afterWorkingMinutes(from, span.amount * 60, calendar)
    case 'working-days':
      return afterWorkingDays(from, span.amount, calendar)
  }
}

const addMonths = (from: Date, months: number): Date => {
  const to = new Date(from)
  to.setUTCDate(1)
  to.setUTCMonth(to.getUTCMonth() + months)
  // 31 January and a month is the last day of February, not the third of March.
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate()
  to.setUTCDate(Math.min(from.getUTCDate(), last))
  return to
}

const afterWorkingDays = (from: Date, days: number, calendar: WorkingCalendar): Date => {
  let date = localDate(from, calendar.zone)
  for (let left = days; left > 0;) {
    date = nextDay(date)
    if (isWorkingDay(date, calendar)) left--
  }
  return instant(date, calendar.closes, calendar.zone)
}

const afterWorkingMinutes = (from: Date, minutes: number, calendar: WorkingCalendar): Date => {
  let date = localDate(from, calendar.zone)
  let now = from
  for (let left = minutes; ; date = nextDay(date)) {
    if (!isWorkingDay(date, calendar)) continue
    const opens = instant(date, calendar.opens, calendar.zone)
    const closes = instant(date, calendar.closes, calendar.zone)
    if (now < opens) now = opens
    if (now >= closes) continue
    const today = (closes.getTime() - now.getTime()) / minute
    if (left <= today) return new Date(now.getTime() + left * minute)
    left -= today
    now = closes
  }
}

/**
 * Working minutes between two moments: what a person means by "how long has this waited". The days in between are
 * counted, not walked: a page of old concerns would otherwise walk through years of them.
 */
export const workingMinutesBetween = (from: Date, to: Date, calendar: WorkingCalendar): number => {
  if (to <= from) return 0
  const first = localDate(from, calendar.zone)
  const last = localDate(to, calendar.zone)
  const within = (date: string): number => {
    if (!isWorkingDay(date, calendar)) return 0
    const start = Math.max(from.getTime(), instant(date, calendar.opens, calendar.zone).getTime())
    const end = Math.min(to.getTime(), instant(date, calendar.closes, calendar.zone).getTime())
    return Math.max(0, end - start) / minute
  }
  if (first === last) return within(first)
  return within(first) + workingDaysBetween(first, last, calendar) * (calendar.closes - calendar.opens) + within(last)
}

/**
 * When a clock begins to be at risk: that fraction of the way to the due moment, in the time the clock counts. What came
 * in on Friday night is not at risk on Sunday.
 */
export const atRiskAt = (
  from: Date,
  due: Date,
  clock: Span & { atRiskFraction: number },
  calendar: WorkingCalendar,
): Date => {
  const minutes = clock.unit.startsWith('working')
    ? workingMinutesBetween(from, due, calendar) * clock.atRiskFraction
    : 0
  if (minutes > 0) return dueAt(from, { amount: minutes / 60, unit: 'working-hours' }, calendar)
  return new Date(from.getTime() + (due.getTime() - from.getTime()) * clock.atRiskFraction)
}

/** Working days after the first date and before the last. */
const workingDaysBetween = (first: string, last: string, calendar: WorkingCalendar): number => {
  const start = Date.parse(`${nextDay(first)}T00:00:00Z`)
  const days = Math.round((Date.parse(`${last}T00:00:00Z`) - start) / day)
  const weekday = new Date(start).getUTCDay()
  const rest = Array.from({ length: days % 7 }, (_, i) => (weekday + i) % 7).filter(
    (one) => one !== 0 && one !== 6,
  ).length
  const off = weekdaysOff(calendar.holidays).filter((date) => date > first && date < last).length
  return Math.floor(days / 7) * 5 + rest - off
}

const offDays = new WeakMap<ReadonlySet<string>, readonly string[]>()

/** The holidays that are not on a weekend anyway: found once for all the clocks of a page. */
const weekdaysOff = (holidays: ReadonlySet<string>): readonly string[] => {
  const before = offDays.get(holidays)
  if (before) return before
  const found = [...holidays].filter((date) => !isWeekend(date))
  offDays.set(holidays, found)
  return found
}

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

export const isWorkingDay = (date: string, calendar: WorkingCalendar): boolean =>
  !isWeekend(date) && !calendar.holidays.has(date)

const nextDay = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10)

const formats = new Map<string, Intl.DateTimeFormat>()
const formatFor = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** The calendar date it is in `zone` at a moment, as YYYY-MM-DD. */
export const localDate = (at: Date, zone: string): string =>
  new Date(at.getTime() + offset(at, zone)).toISOString().slice(0, 10)

/** The moment at which clocks in `zone` show `minutes` after midnight of `date`. */
export const instant = (date: string, minutes: number, zone: string): Date => {
  const naive = Date.parse(`${date}T00:00:00Z`) + minutes * minute
  // The offset is read off at the guess and once more at the corrected one, so the hour of a clock change comes out right.
  const first = naive - offset(new Date(naive), zone)
  return new Date(naive - offset(new Date(first), zone))
}

/** What clocks in `zone` show at a moment: '14:05'. */
export const localTime = (at: Date, zone: string): string =>
  new Date(at.getTime() + offset(at, zone)).toISOString().slice(11, 16)

/**
 * Every moment at which clocks in `zone` show `minutes` after midnight of `date`, the first first: one, none in the hour
 * that is left out in March, two in the hour that comes twice in October.
 */
export const momentsOf = (date: string, minutes: number, zone: string): Date[] => {
  const guess = instant(date, minutes, zone).getTime()
  const time = new Date(minutes * minute).toISOString().slice(11, 16)
  return [guess - 60 * minute, guess, guess + 60 * minute]
    .map((one) => new Date(one))
    .filter((one) => localDate(one, zone) === date && localTime(one, zone) === time)
}

const quarter = 15 * minute
const offsets = new Map<string, number>()

/**
 * How far clocks in `zone` are ahead, in milliseconds. Zones change on a quarter of an hour, so it is asked once for
 * each: asking is slow, and a page of concerns asks hundreds of times.
 */
const offset = (at: Date, zone: string): number => {
  const start = Math.floor(at.getTime() / quarter) * quarter
  const key = `${zone} ${start}`
  const before = offsets.get(key)
  if (before !== undefined) return before
  const p = Object.fromEntries(
    formatFor(zone)
      .formatToParts(start)
      .map(({ type, value }) => [type, value]),
  )
  const found = Date.parse(`${p['year']}-${p['month']}-${p['day']}T${p['hour']}:${p['minute']}:${p['second']}Z`) - start
  if (offsets.size > 20_000) offsets.clear()
  offsets.set(key, found)
  return found
}

/** Whole years between a date of birth and a day, both YYYY-MM-DD. Someone born on 29 February turns a year older on 1 March. */
export const ageOn = (born: string, on: string): number => {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4))
  return on.slice(5) < born.slice(5) ? years - 1 : years
}
