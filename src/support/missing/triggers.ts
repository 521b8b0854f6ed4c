import { localDate } from '../../platform/index.ts'
import { hoursMissing, triggers, type Episode, type Trigger } from './missing.ts'

/** What the rules are asked of: facts that somebody wrote down, and nothing that is worked out about the person. */
export type Asked = {
  episode: Pick<Episode, 'started_at' | 'ended_at' | 'looked_after' | 'out_of_county' | 'exploitation'>
  /** When each episode of theirs that is known began, this one among them. */
  starts: readonly Date[]
  /** How many others were missing from the same place at the same time. */
  others: number
  adultFrom: string | null
  now: Date
  zone: string
}
/** A rule that holds, with the number that it is about. */
export type Reason = { code: Trigger['code']; count: number; limit: number }

/** The rules that hold of an episode. Each is a reason to talk about it; they are never added up. */
export const reasonsFor = (asked: Asked): Reason[] => triggers.flatMap((rule) => holds(rule, asked) ?? [])

const holds = (rule: Trigger, { episode, starts, others, adultFrom, now, zone }: Asked): Reason | undefined => {
  const reason = (is: boolean, count = 0, limit = 0) => (is ? { code: rule.code, count, limit } : undefined)
  switch (rule.code) {
    case 'often': {
      const count = starts.filter((one) => isWithin(one, episode.started_at, rule.days, zone)).length
      return reason(count >= rule.episodes, count, rule.days)
    }
    case 'long': {
      const hours = hoursMissing(episode, now)
      return reason(hours >= rule.hours, hours, rule.hours)
    }
    case 'young':
      return reason(
        adultFrom !== null && localDate(episode.started_at, zone) < turns(rule.under, adultFrom),
        0,
        rule.under,
      )
    case 'others':
      return reason(others > 0, others)
    case 'looked after':
      return reason(episode.looked_after === 'yes')
    case 'out of county':
      return reason(episode.out_of_county === 'yes')
    case 'exploitation':
      return reason(episode.exploitation === 'yes')
  }
}

/** By calendar days, the last one included: an hour more or less when clocks change is no day. */
const isWithin = (one: Date, until: Date, days: number, zone: string): boolean => {
  const between = Date.parse(localDate(until, zone)) - Date.parse(localDate(one, zone))
  return one <= until && between / 86_400_000 <= days
}

/** The birthday of an age, from the eighteenth: whoever may see the record knows that day, also without their date of birth. */
const turns = (age: number, adultFrom: string): string =>
  `${Number(adultFrom.slice(0, 4)) - (18 - age)}${adultFrom.slice(4)}`
