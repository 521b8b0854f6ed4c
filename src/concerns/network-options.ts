import { thingKinds, type NetworkFilter, type ThingKind } from '../joining/index.ts'
import { dayParts, readDay } from '../partnership/index.ts'
import { isId } from '../platform/index.ts'
import { channels } from './concern.ts'

export const stepChoices = ['2', '4', '6', 'all'] as const
export type StepChoice = (typeof stepChoices)[number]

/** What an address asks of a network: ids and codes alone. */
export type NetworkOptions = {
  steps: StepChoice
  open: readonly string[]
  to?: string
  all: boolean
  agencies: boolean
  filter: NetworkFilter
  /** Days that were typed and are none. */
  wrong: readonly ('from' | 'until')[]
}

const most_open = 20
const leaves: readonly ThingKind[] = thingKinds.filter((kind) => kind !== 'concern' && kind !== 'agency')
/** What can be left out; concerns cannot, because they are what says so. */
export const kindsToLeaveOut = leaves

type Query = Readonly<Record<string, string>>
const isThing = (id: string): boolean => isId(id.replace(/^at-/, ''))

/** The options in an address. What cannot be one is left out: an old bookmark still opens the network. */
export const readNetworkOptions = (query: Query): NetworkOptions => {
  const [from, until] = [readDay(query, 'from'), readDay(query, 'until')]
  return {
    steps: stepChoices.find((one) => one === query['steps']) ?? '4',
    open: (query['open'] ?? '').split('.').filter(isThing).slice(0, most_open),
    to: isThing(query['to'] ?? '') ? query['to'] : undefined,
    all: query['all'] === 'yes',
    agencies: query['agencies'] === 'yes',
    filter: {
      from: from ?? undefined,
      until: until ?? undefined,
      without: leaves.filter((kind) => query[`without-${kind}`] === 'yes'),
      agency: isId(query['agency'] ?? '') ? query['agency'] : undefined,
      channel: channels.find((one) => one === query['channel']),
    },
    wrong: [...(from === undefined ? (['from'] as const) : []), ...(until === undefined ? (['until'] as const) : [])],
  }
}

/** The fields of an address with these options, but those that stand for themselves. */
export const networkFields = ({ steps, open, to, all, agencies, filter }: NetworkOptions): Record<string, string> => ({
  ...(steps !== '4' && { steps }),
  ...(open.length > 0 && { open: open.join('.') }),
  ...(to && { to }),
  ...(all && { all: 'yes' }),
  ...(agencies && { agencies: 'yes' }),
  ...dayParts('from', filter.from ?? null),
  ...dayParts('until', filter.until ?? null),
  ...Object.fromEntries(filter.without.map((kind) => [`without-${kind}`, 'yes'])),
  ...(filter.agency && { agency: filter.agency }),
  ...(filter.channel && { channel: filter.channel }),
})

export const networkAddress = (id: string, options?: NetworkOptions): string => {
  const query = new URLSearchParams(options && networkFields(options))
  return query.size ? `/network/${id}?${query}` : `/network/${id}`
}

/** How many filters are on, for somebody who has them folded away. */
export const filtersOn = ({ steps, all, agencies, filter }: NetworkOptions): number =>
  [
    filter.from,
    filter.until,
    filter.agency,
    filter.channel,
    filter.without.length > 0,
    all,
    agencies,
    steps !== '4',
  ].filter(Boolean).length
