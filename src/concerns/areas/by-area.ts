import { sql } from 'kysely'
import { areaOfPostcode, whereIs, type AreaMap } from '../../partnership/index.ts'
import type { Keys, StaffViewer, Tx } from '../../platform/index.ts'
import type { About } from '../concern.ts'
import { placeWords } from '../sealed.ts'

/** Months as '2026-11', both included. */
export type AreaFilter = { from?: string; until?: string; about?: About }
/** `area` is a name on the map; null where nothing says which, 'elsewhere' where it is none of them. */
export type AreaCount = { area: string | null; concerns: number; places: number }
export const elsewhere = 'elsewhere'

/**
 * How many concerns this viewer may read lie in each area of the map, and how many places they name there: under their own
 * row-level security. Where a concern lies is said by its pin, or else by its postcode where the map lists it, or else by
 * the one area whose towns or villages its place names. Two areas named, or none, and nobody knows.
 */
export const countByArea = async (
  tx: Tx,
  keys: Keys,
  { partnership }: StaffViewer,
  map: AreaMap | undefined,
  { from, until, about }: AreaFilter,
  zone: string,
): Promise<AreaCount[]> => {
  const { rows } = await sql<Row>`
    select latitude, longitude, postcode, place_words from concern where partnership_id = ${partnership}
      and (${about ?? null}::text is null or about = ${about ?? null})
      and (${from ?? null}::text is null or received_at >= (${from ?? null} || '-01')::timestamp at time zone ${zone})
      and (${until ?? null}::text is null
        or received_at < ((${until ?? null} || '-01')::timestamp + interval '1 month') at time zone ${zone})`.execute(
    tx,
  )
  const named = (map?.places ?? []).map(({ name, at }) => ({
    words: placeWords(keys, partnership, name),
    area: whereIs(map!, at).area ?? elsewhere,
  }))
  const areas = new Map<string | null, { concerns: number; places: Set<string> }>(
    [...(map?.areas.map(({ name }) => name) ?? []), ...(map ? [elsewhere] : []), null].map((area) => [
      area,
      { concerns: 0, places: new Set() },
    ]),
  )
  for (const row of rows) {
    const there = areas.get((map && areaOf(map, named, row)) ?? null)!
    there.concerns++
    const place = placeOf(row)
    if (place) there.places.add(place)
  }
  return [...areas].map(([area, { concerns, places }]) => ({ area, concerns, places: places.size }))
}

type Row = { latitude: number | null; longitude: number | null; postcode: string | null; place_words: string[] }
type Named = { words: string[]; area: string }

const areaOf = (map: AreaMap, named: readonly Named[], row: Row): string | undefined => {
  if (row.latitude !== null && row.longitude !== null)
    return whereIs(map, [row.longitude, row.latitude]).area ?? elsewhere
  const posted = row.postcode ? areaOfPostcode(map, row.postcode) : undefined
  if (posted) return posted
  const found = new Set(named.filter(({ words }) => isSaid(row.place_words, words)).map(({ area }) => area))
  return found.size === 1 ? [...found][0] : undefined
}

/** Whether the words of a town stand one after another in those of a place: "Ash Hill", and no hill with an ash tree. */
const isSaid = (place: readonly string[], town: readonly string[]): boolean =>
  place.some((_, from) => town.every((word, i) => place[from + i] === word))

/** One place is one with another as in a network: the same words, of which there must be two; or one postcode, or one pin. */
const placeOf = ({ place_words, postcode, latitude, longitude }: Row): string | undefined => {
  if (place_words.length > 1) return [...place_words].sort().join('.')
  if (postcode?.includes(' ')) return postcode
  return latitude === null || longitude === null ? undefined : `${latitude.toFixed(3)} ${longitude.toFixed(3)}`
}
