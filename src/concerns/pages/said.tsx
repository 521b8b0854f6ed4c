import { dateFormat, fill, Tag, type Ask } from '../../web/index.ts'
import type { Priority } from '../concern.ts'

/** Small things that the duty pages say the same way. */

export type Duty = Ask['w']['duty']

/** One word for one, another for many. */
export const counted = (words: { one: string; many: string }, count: number): string =>
  count === 1 ? words.one : fill(words.many, { count })

/** What a word in the database is called on the page. What has no name shows as itself. */
export const named = (names: Record<string, string>, code: string | null | undefined): string =>
  code ? (names[code] ?? code) : ''

const dayOf = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' })
const timeOf = dateFormat({ hour: '2-digit', minute: '2-digit' })
const momentOf = dateFormat({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
const soonOf = dateFormat({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const longDay = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' })

/** '23 Nov 2026, 10:00', by the partnership's own clocks. */
export const when = ({ place }: Pick<Ask, 'place'>, at: Date): string => momentOf(place.zone).format(at)

/** '10:00' when it is of today, otherwise with the day: the least that a busy reader needs. */
export const soon = ({ place, house }: Pick<Ask, 'place' | 'house'>, at: Date): string =>
  isSameDay(at, house.now(), place.zone) ? clockTime({ place }, at) : soonOf(place.zone).format(at)

const a_day = 24 * 60 * 60 * 1000
const isSameDay = (a: Date, b: Date, zone: string): boolean =>
  // Most are of other days, and to write both out is what costs.
  Math.abs(a.getTime() - b.getTime()) < a_day && dayOf(zone).format(a) === dayOf(zone).format(b)

export const clockTime = ({ place }: Pick<Ask, 'place'>, at: Date): string => timeOf(place.zone).format(at)

/** A date that was given as YYYY-MM-DD, in words. */
export const dayInWords = (date: string): string => longDay('UTC').format(new Date(`${date}T00:00:00Z`))

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
