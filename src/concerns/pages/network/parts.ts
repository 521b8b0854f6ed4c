import { localDate } from '../../../platform/index.ts'
import { type Network, type Said, type Same, type Thing, type Tie, type View } from '../../../joining/index.ts'
import { fill, type Ask } from '../../../web/index.ts'
import type { NetworkOptions } from '../../network-options.ts'
import { dayInWords } from '../said.tsx'

/** Everything that the parts of the page are made of. */
export type Facts = {
  ask: Ask
  options: NetworkOptions
  /** The id in the address, and the thing that it is. */
  id: string
  start: Thing
  network: Network
  same: readonly Same[]
  /** Who said that something is the same. */
  staff: ReadonlyMap<string, { name: string }>
  view: View
  agencies: ReadonlyMap<string, string>
  /** The references of concerns, by id. */
  references: ReadonlyMap<string, string>
}

export const nameOf = ({ ask, agencies }: Pick<Facts, 'ask' | 'agencies'>, { kind, label, ids }: Thing): string =>
  kind === 'agency' ? (agencies.get(ids[0]!) ?? '') : label || ask.w.network.unnamed

/** How many things somebody's answers made this one; 0 for what was one from the start. */
export const joinedFrom = ({ same }: Pick<Facts, 'same'>, { ids }: Thing): number =>
  new Set(same.flatMap(({ a, b }) => (ids.includes(a) ? [a, b] : []))).size

/** Who said it, without ever saying which member of the public. */
export const whoSaid = ({ ask, agencies }: Facts, { channel, agency }: Said): string => {
  const words = ask.w.network.whoSaid
  if (!agency) return (words as Record<string, string>)[channel] ?? words.public
  return fill(channel === 'check' ? words.check : words.agency, { agency: agencies.get(agency) ?? '' })
}

export const dayOf = ({ place }: Pick<Ask, 'place'>, at: Date): string => localDate(at, place.zone)

/** The first and last day on which something was said of each thing. */
export const daysOf = (ask: Ask, ties: readonly Tie[]): Map<string, { first: string; last: string }> => {
  const days = new Map<string, { first: string; last: string }>()
  for (const { a, b, said } of ties)
    for (const key of [a, b])
      for (const { at } of said) {
        const day = dayOf(ask, at)
        const found = days.get(key) ?? { first: day, last: day }
        days.set(key, { first: day < found.first ? day : found.first, last: day > found.last ? day : found.last })
      }
  return days
}

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
const shortYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: '2-digit', timeZone: 'UTC' })

/** '3 Nov to 22 Nov', with the years where they are not this one: short enough to stand in a picture. */
export const shortDays = (ask: Ask, days: { first: string; last: string } | undefined): string => {
  if (!days) return ''
  const year = dayOf(ask, ask.house.now()).slice(0, 4)
  const write = (day: string) => (day.startsWith(year) ? shortDay : shortYear).format(new Date(`${day}T00:00:00Z`))
  const { first, last } = days
  return first === last ? write(first) : fill(ask.w.network.list.days, { from: write(first), until: write(last) })
}

export const longDays = (ask: Ask, days: { first: string; last: string } | undefined): string => {
  if (!days) return ''
  const { first, last } = days
  return first === last
    ? dayInWords(first)
    : fill(ask.w.network.list.days, { from: dayInWords(first), until: dayInWords(last) })
}

/** 'K7M-2PQ names KV99 TRX' and its like. */
export const tieInWords = (facts: Facts, { a, b, how }: Tie): string => {
  const name = (key: string) => {
    const thing = facts.view.whole.things.find((one) => one.key === key)
    return thing ? nameOf(facts, thing) : ''
  }
  return fill(facts.ask.w.network.sayHow[how], { a: name(a), b: name(b) })
}
