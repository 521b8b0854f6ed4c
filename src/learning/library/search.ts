import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../platform/index.ts'
import { readAsked, type Asked } from './asked.ts'

/** What narrows a list of the library: codes and names as they stand in it, '' for any. */
export type Filter = { theme: string; region: string; size: string; methodology: string; year: string; kind: string }
export const noFilter: Filter = { theme: '', region: '', size: '', methodology: '', year: '', kind: '' }

/** An entry, whosever it is. */
export type Key = { partnership: string; id: string }

export type Matches = {
  asked: Asked
  /** Best first; no more than are shown. */
  found: Key[]
  /** How many have all that was asked for; of those that have only some of it, the best are shown and not counted. */
  count: number
  closest: boolean
}

/**
 * What fits best, first: about it in the very words, about it in words that mean the same, speaking of it, and where that
 * gives little, having some of it. Each step is one look into the index of words, and stops where there is enough: to
 * weigh all that has a common word would read every vector of the library.
 */
export const search = (tx: Tx, typed: string, filter: Filter): Promise<Matches | undefined> =>
  byWordsAlone(tx, async () => {
    const asked = await readAsked(tx, typed)
    return asked && matchesOf(tx, asked, filter)
  })

const matchesOf = async (tx: Tx, asked: Asked, filter: Filter): Promise<Matches> => {
  const found = new Map<string, Key & { step: number }>()
  const look = async (step: number, column: 'head' | 'search', query: string): Promise<void> => {
    if (query === '') return
    const { rows } = await sql<Key>`select partnership_id as partnership, entry_id as id from library_search
      where ${sql.ref(column)} @@ ${query}::tsquery and ${narrowed(filter)}
      order by year desc, entered_at desc limit ${enough}`.execute(tx)
    for (const one of rows) if (!found.has(one.id)) found.set(one.id, { ...one, step })
  }
  const { exact, meant, any } = asked
  const steps = [
    ['head', exact],
    ['head', meant],
    ['search', exact],
    ['search', meant],
  ] as const
  for (const [step, [column, query]] of steps.entries())
    // Where nothing means the same, the wider look would see what the one before it saw.
    if (found.size < enough && (step % 2 === 0 || meant !== exact)) await look(step, column, query)
  const count = found.size < enough ? found.size : await countOf(tx, meant, filter)
  const closest = found.size < few
  if (closest) await look(steps.length, 'search', any)
  const best = await ranked(tx, asked, [...found.values()].slice(0, enough))
  return { asked, found: best, count, closest: closest && found.size > count }
}

/** PostgreSQL takes reading every vector for cheaper than it is: they lie outside their rows. 90 ms against 3 at 2,000. */
const byWordsAlone = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  await sql`select set_config('enable_seqscan', 'off', true)`.execute(tx)
  const done = await work()
  await sql`select set_config('enable_seqscan', 'on', true)`.execute(tx)
  return done
}

const enough = 100
const few = 5
const weighed = 30

export const narrowed = ({ theme, region, size, methodology, year, kind }: Filter): RawBuilder<unknown> => {
  const is = (column: string, value: string) => value !== '' && sql`${sql.ref(column)} = ${value}`
  const all = [
    theme !== '' && sql`themes @> ${[theme]}::text[]`,
    is('region', region),
    is('size', size),
    is('methodology', methodology),
    is('kind', kind),
    /^\d{4}$/.test(year) && sql`year = ${Number(year)}`,
  ].filter((one) => one !== false)
  return all.length === 0 ? sql`true` : sql.join(all, sql` and `)
}

const countOf = async (tx: Tx, query: string, filter: Filter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from library_search
    where search @@ ${query}::tsquery and ${narrowed(filter)}`.execute(tx)
  return rows[0]!.count
}

/** Within each step, by how much of it is about what was asked; of a few, by how much of it speaks of that anywhere. */
const ranked = async (tx: Tx, asked: Asked, found: readonly (Key & { step: number })[]): Promise<Key[]> => {
  if (found.length === 0) return []
  const column = (name: keyof (typeof found)[number]) => found.map((one) => one[name])
  const { rows } = await sql<Key>`
    select f.partnership, f.id
    from unnest(${column('partnership')}::uuid[], ${column('id')}::uuid[], ${column('step')}::int[]) as f (partnership, id, step)
    join library_search s on s.partnership_id = f.partnership and s.entry_id = f.id
    order by f.step, ts_rank(${found.length > weighed ? sql`s.head` : sql`s.search`}, ${asked.any}::tsquery, 1) desc, s.year desc, f.id`.execute(
    tx,
  )
  return rows
}

/** Without words to look for: the newest, so many after so many. */
export const newest = async (
  tx: Tx,
  filter: Filter,
  { from, most }: { from: number; most: number },
): Promise<Key[]> => {
  const { rows } = await sql<Key>`select partnership_id as partnership, entry_id as id from library_search
    where ${narrowed(filter)} order by entered_at desc, entry_id limit ${most} offset ${from}`.execute(tx)
  return rows
}

export const countFitting = async (tx: Tx, filter: Filter): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from library_search
    where ${narrowed(filter)}`.execute(tx)
  return rows[0]!.count
}
