import { hash } from 'node:crypto'
import { sql } from 'kysely'

/** An event's row as the database has it, with its detail as text so that not even `1.0` can stand for `1`. */
export type EventRow = Record<string, unknown> & { id: string; kind: string; at: string; seq: number }
/** What is read of an event `e`: all its columns, whatever is added later. In a transaction that speaks of times in UTC. */
export type StoredEvent = { json: EventRow; detail: string; salt: Buffer }
export const storedEvent = sql<StoredEvent>`to_json(e) as json, e.detail::text as detail, e.salt`

export const rowOf = ({ json, detail }: Pick<StoredEvent, 'json' | 'detail'>): EventRow =>
  Object.assign(json, { detail })

export const speakUtc = sql`select set_config('TimeZone', 'UTC', true)`

/**
 * Whether the planner must look up each row by its key, as is right when a few thousand of a million are wanted in order:
 * where its statistics are old, as they always are in a table that only grows, it reads both tables whole instead.
 */
export const lookUp = (on: boolean) => {
  const other = on ? 'off' : 'on'
  return sql`select set_config('enable_hashjoin', ${other}, true), set_config('enable_mergejoin', ${other}, true),
    set_config('enable_seqscan', ${other}, true), set_config('enable_material', ${other}, true)`
}

/** JSON in the one form that RFC 8785 gives it: no spaces, members in the order of their UTF-16 code units. */
export const canonical = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, inside]) => `${JSON.stringify(name)}:${canonical(inside)}`).join(',')}}`
}

/**
 * What is committed to: every column but the salt. Empty ones are left out, so that a column added later leaves older
 * leaves as they were.
 */
export const saidBy = (row: EventRow): string => {
  let members = ''
  for (const name of Object.keys(row).sort()) {
    if (row[name] === null || name === 'salt') continue
    members += `${members && ','}${JSON.stringify(name)}:${canonical(row[name])}`
  }
  return `{${members}}`
}

/**
 * The leaf of an event, in canonical form: its id, and a commitment to all that it says, SHA-256 over sixteen random bytes
 * and the row. The leaf alone tells nothing of who did what, so an agency may keep every one of them.
 */
export const leafOf = (partnership: string, event: string, said: string, salt: Buffer): string =>
  `{"commitment":"${commitment(said, salt)}","event":"${event}","partnership":"${partnership}","v":1}`

const commitment = (said: string, salt: Buffer): string => {
  const bytes = Buffer.allocUnsafe(salt.length + Buffer.byteLength(said))
  salt.copy(bytes)
  bytes.write(said, salt.length)
  return hash('sha256', bytes, 'hex')
}
