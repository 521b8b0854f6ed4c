import { fill, Tag, type Ask } from '../../web/index.ts'
import type { Priority } from '../concern.ts'

/** Small things that the duty pages say the same way. */

export type Duty = Ask['w']['duty']

/** One word for one, another for many. */
export const counted = (words: { one: string; many: string }, count: number): string =>
  count === 1 ? words.one : fill(words.many, { count })

/** What a word in the database is called on the page. What has no name shows as itself. */
export const named = (names: Record<string, string>, code: string | null | undefined): string =>
  code ? (names[code] ?? code) : ''

const formats = new Map<string, Intl.DateTimeFormat>()
const format = (zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${zone} ${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  formats.set(key, known)
  return known
}

/** '23 Nov 2026, 10:00', by the partnership's own clocks. */
export const when = ({ place }: Pick<Ask, 'place'>, at: Date): string =>
  format(place.zone, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at)

/** '10:00' when it is of today, otherwise with the day: the least that a busy reader needs. */
export const soon = (ask: Pick<Ask, 'place' | 'house'>, at: Date): string => {
  const day = format(ask.place.zone, { day: 'numeric', month: 'short', year: 'numeric' })
  if (day.format(at) === day.format(ask.house.now()))
    return format(ask.place.zone, { hour: '2-digit', minute: '2-digit' }).format(at)
  return format(ask.place.zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
}
export const clockTime = ({ place }: Pick<Ask, 'place'>, at: Date): string =>
  format(place.zone, { hour: '2-digit', minute: '2-digit' }).format(at)

/** A date that was given as YYYY-MM-DD, in words. */
export const dayInWords = (date: string): string =>
  format('UTC', { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(`${date}T00:00:00Z`))

export const Moment = ({ ask, at }: { ask: Ask; at: Date }) => <time dateTime={at.toISOString()}>{when(ask, at)}</time>

export const PriorityTag = ({
  ask,
  level,
  short,
}: {
  ask: Ask
  level: Priority | null | undefined
  short?: boolean
}) => (
  <Tag classes={`trellis-priority trellis-priority--${level ?? 'none'}`}>
    {(short ? ask.w.duty.priorityShort : ask.w.duty.priorities)[level ?? 'none']}
  </Tag>
)

/** What people wrote, with their own lines, inert. */
export const Written = ({ children }: { children: string }) => <div class="govuk-body trellis-words">{children}</div>
