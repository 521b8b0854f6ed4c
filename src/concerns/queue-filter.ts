import { readBase32 } from '../platform/index.ts'
import { channels, frames, priorities } from './concern.ts'
import { queueStatuses, type QueueFilter } from './queue-order.ts'

type Query = Readonly<Record<string, string>>

/** The filters in an address. What cannot be one is left out: an old bookmark still opens the list. */
export const readFilter = (query: Query): QueueFilter => {
  const text = (name: string) => query[name]?.trim().slice(0, 100) || undefined
  return {
    status: queueStatuses.find((one) => one === query['status']) ?? 'to-decide',
    due: (['late', 'at-risk'] as const).find((one) => one === query['due']),
    priority: [...priorities, 'none' as const].find((one) => one === query['priority']),
    channel: channels.find((one) => one === query['channel']),
    frame: [...frames, 'not known' as const].find((one) => one === query['frame']),
    setting: /^[A-Z]{2}$/.test(query['setting'] ?? '') ? query['setting'] : undefined,
    area: text('area'),
    reference: referenceIn(text('reference')),
    page: Math.min(10_000, Math.max(1, Math.floor(Number(query['page'])) || 1)),
  }
}

/** A reference however it was typed, as it is kept: 'k7m 2pq' is 'K7M-2PQ'. What is none is kept, and finds nothing. */
const referenceIn = (typed: string | undefined): string | undefined => {
  if (!typed) return undefined
  const plain = readBase32(typed)
  return plain?.length === 6 ? plain.replace(/^(...)/, '$1-') : typed.toUpperCase()
}

export const filterNames = ['due', 'priority', 'channel', 'frame', 'setting', 'area', 'reference'] as const
export type FilterName = (typeof filterNames)[number]

/** The address of the list with these filters, and of one like it. */
export const queueAddress = (filter: Partial<QueueFilter>): string => {
  const given = Object.entries(filter).filter(
    ([name, value]) =>
      value !== undefined && !(name === 'status' && value === 'to-decide') && !(name === 'page' && value === 1),
  )
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return query.size ? `/queue?${query}` : '/queue'
}
