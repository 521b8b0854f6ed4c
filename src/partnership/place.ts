import { sql } from 'kysely'
import { asViewer, isId, together, type WorkingCalendar, type Tx } from '../platform/index.ts'
import type { House, Place } from '../web/index.ts'

const kept = new WeakMap<object, { at: number; places: Promise<(Place & { hosts: string[]; isDefault: boolean })[]> }>()
const freshFor = 30_000

/**
 * The partnership that a host name stands for, or the default one.
 * @throws {Error} when this database holds no partnership yet
 */
export const placeFor = async (house: House, host: string): Promise<Place> => {
  const places = await allPlaces(house)
  const name = host.replace(/:\d+$/, '').toLowerCase()
  const place =
    places.find(({ hosts }) => hosts.includes(name)) ?? places.find(({ isDefault }) => isDefault) ?? places[0]
  if (!place) throw new Error('no partnership yet')
  return place
}

/** Every page needs it and it hardly ever changes, so it is read at most twice a minute. */
const allPlaces = (house: House) => {
  const before = kept.get(house.db)
  if (before && house.now().getTime() - before.at < freshFor) return before.places
  const places = readPlaces(house)
  kept.set(house.db, { at: house.now().getTime(), places })
  places.catch(() => kept.delete(house.db))
  return places
}

/** Forgets what was read, after a partnership was made or changed. */
export const forgetPlaces = (house: House): void => void kept.delete(house.db)

const readPlaces = async ({ db }: House) => {
  const rows = await asViewer(db, { kind: 'public', partnership: 'any' }, (tx) =>
    tx.selectFrom('partnership').selectAll().execute(),
  )
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    place: row.place,
    zone: row.zone,
    languages: row.languages,
    demo: row.demo,
    hosts: row.hosts,
    isDefault: row.is_default,
  }))
}

/** The working hours and holidays that this partnership's clocks run by. */
export const calendarOf = async (tx: Tx, partnership: string): Promise<WorkingCalendar> => {
  if (!isId(partnership)) throw new Error('no such partnership')
  const [[hours], days] = await together(
    tx,
    tx.selectFrom('partnership').select(['zone', 'opens_at', 'closes_at']).where('id', '=', partnership),
    sql<{ date: string }>`select date from holiday where partnership_id = ${partnership}`,
  )
  if (!hours) throw new Error('no such partnership')
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return {
    zone: hours.zone,
    opens: minutes(hours.opens_at),
    closes: minutes(hours.closes_at),
    holidays: new Set(days.map(({ date }) => date)),
  }
}
