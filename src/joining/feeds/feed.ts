import { isId, NotFound, type Keys, type Tx, type Viewer } from '../../platform/index.ts'
import type { Mapping } from './columns.ts'

/** A file may have so many rows; no agency of a county works with more people. */
export const most_rows = 2_000_000
/** And so many bytes, from a system or on the page: it is never in memory whole. */
export const most_feed_bytes = 2 * 1024 ** 3
/** From this share of the list on somebody looks again before people are deleted. */
export const second_look_percent = 30

export const runStates = [
  'arriving',
  'columns',
  'reading',
  'ready',
  'second look',
  'applying',
  'applied',
  'stopped',
  'refused',
] as const
export type RunState = (typeof runStates)[number]
export type Refusal = 'no header' | 'no names' | 'same name' | 'too many rows'

export type Feed = {
  id: string
  agency_id: string
  name: string
  sends: 'whole' | 'changes'
  columns: Mapping | null
  contact: string
  by_system: boolean
}
export type Run = {
  id: string
  feed_id: string
  agency_id: string
  state: RunState
  reason: Refusal | null
  encoding: string | null
  bytes: number
  parts: number
  head_sealed: Buffer | null
  key_id: string
  staff_id: string | null
  client_id: string | null
  started_at: Date
  read_rows: number
  applied_line: number
  before_rows: number
  new_rows: number
  changed_rows: number
  same_rows: number
  gone_rows: number
  broken_rows: number
  confirmed_by: string | null
  looked_by: string | null
  ended_at: Date | null
}

/**
 * Where the work on a run is done: each piece in a transaction of its own, as the product. A job opens one for each; a page
 * hands over the one it has.
 */
export type Bench = {
  keys: Keys
  partnership: string
  now: Date
  within: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}

const columnsOfFeed = ['id', 'agency_id', 'name', 'sends', 'columns', 'contact', 'by_system'] as const

/** The feed, for whoever may send it: managers of its agency, who was named, and its systems. @throws {NotFound} */
export const feedToSend = async (tx: Tx, viewer: Viewer, feed: string | undefined): Promise<Feed> => {
  const found = await feedOf(tx, viewer.partnership, feed)
  const may =
    viewer.kind === 'client'
      ? found.agency_id === viewer.agency && found.by_system
      : viewer.kind === 'staff' && found.agency_id === viewer.agency && (await maySend(tx, viewer, found.id))
  if (!may) throw new NotFound()
  return found
}

/** By its id, as far as row-level security shows it. @throws {NotFound} */
export const feedOf = async (tx: Tx, partnership: string, feed: string | undefined): Promise<Feed> => {
  const row =
    feed && isId(feed)
      ? await tx
          .selectFrom('feed')
          .select(columnsOfFeed)
          .where('partnership_id', '=', partnership)
          .where('id', '=', feed)
          .executeTakeFirst()
      : undefined
  if (!row) throw new NotFound()
  return row as unknown as Feed
}

export const runOf = async (tx: Tx, partnership: string, run: string | undefined): Promise<Run> => {
  const row =
    run && isId(run)
      ? await tx
          .selectFrom('feed_run')
          .selectAll()
          .where('partnership_id', '=', partnership)
          .where('id', '=', run)
          .executeTakeFirst()
      : undefined
  if (!row) throw new NotFound()
  return { ...row, bytes: Number(row.bytes) } as unknown as Run
}

const maySend = async (tx: Tx, viewer: Viewer & { kind: 'staff' }, feed: string): Promise<boolean> => {
  if (viewer.roles.includes('manager')) return true
  const named = await tx
    .selectFrom('feed_sender')
    .select('staff_id')
    .where('partnership_id', '=', viewer.partnership)
    .where('feed_id', '=', feed)
    .where('staff_id', '=', viewer.staff)
    .executeTakeFirst()
  return named !== undefined
}

/** Whether so many deletions ask a person: a large share of the list, or rows that could have named those who are missing. */
export const asksAgain = (run: { before: number; gone: number; absent: number; nameless: number }): boolean =>
  run.gone > 0 && (run.gone * 100 >= run.before * second_look_percent || (run.absent > 0 && run.nameless > 0))
