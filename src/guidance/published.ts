import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'
import type { Ask, House } from '../web/index.ts'
import type { Guidance } from './guidance.ts'
import { published } from './version.ts'

type Kept = { guidance: Guidance; mark: number; checkedAt: number }
const kept = new WeakMap<object, Map<string, Kept>>()
const watchedUntil = new WeakMap<object, number>()

const fresh_ms = 30_000
/** Longer than any publishing takes to commit. */
const watch_ms = 10_000

/**
 * What is published in the asker's partnership. Public pages are read far more often than words change, so it is kept
 * in memory: checked again when this process publishes, and every thirty seconds because another process may have.
 */
export const guidanceFor = async ({ house, tx, place }: Pick<Ask, 'house' | 'tx' | 'place'>): Promise<Guidance> => {
  const places = kept.get(house.db) ?? new Map<string, Kept>()
  kept.set(house.db, places)
  const before = places.get(place.id)
  const now = house.now().getTime()
  if (before && now - before.checkedAt < fresh_ms && now > (watchedUntil.get(house.db) ?? 0)) return before.guidance
  const mark = await markOf(tx, place.id)
  const guidance = before?.mark === mark ? before.guidance : await readGuidance(tx, place.id)
  places.set(place.id, { guidance, mark, checkedAt: now })
  return guidance
}

/**
 * To be called by whatever publishes. The new words are not committed yet, so for a moment every reader asks the
 * database instead of trusting what is kept.
 */
export const watchForNews = (house: Pick<House, 'db' | 'now'>): void =>
  void watchedUntil.set(house.db, house.now().getTime() + watch_ms)

/** Rows are only ever added, so their number is a mark that changes with each publication and withdrawal. */
const markOf = async (tx: Tx, partnership: string): Promise<number> => {
  const { rows } = await sql<{ mark: number }>`
    select (select count(*) from publication where partnership_id = ${partnership})
      + (select count(*) from guidance_withdrawal where partnership_id = ${partnership}) as mark`.execute(tx)
  return rows[0]!.mark
}

/** Everything published, straight from the database. */
export const readGuidance = async (tx: Tx, partnership: string): Promise<Guidance> => {
  const types = await published(tx, partnership, 'type')
  return {
    definition: (await published(tx, partnership, 'definition'))[0],
    types: types.filter(({ until }) => until === null),
    settings: await published(tx, partnership, 'setting'),
    signs: await published(tx, partnership, 'sign'),
    offers: await published(tx, partnership, 'offer'),
    pages: await published(tx, partnership, 'page'),
    forYou: await published(tx, partnership, 'for-you'),
  }
}
