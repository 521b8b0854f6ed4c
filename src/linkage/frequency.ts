/**
 * How common values are. Counted in the table at hand, or frozen in the model: a look-up of two records knows nothing of
 * a county, and yesterday's explanation must not change because somebody was added today.
 */
import { yearOf } from './dates.ts'
import { inShared, type Dictionary } from './dictionary.ts'
import type { Field, Frequency, Model } from './model.ts'
import { isNameKind, peopleNames, wholeNames, type Table } from './table.ts'

/**
 * log2 of the share that each value has among the records with one: by the value's number a place in a short list, since
 * most values are rare and share few counts. Eight bytes for each of a million phones would not stay in a cache.
 */
export type Shares = { readonly places: Uint16Array | Int32Array; readonly list: Float64Array }

/** The share of a value. */
export const shareIn = ({ places, list }: Shares, value: number): number => list[places[value]!]!

export const sharesOf = (
  frozen: Frequency | undefined,
  table: Table,
  slot: number,
  dictionary: Dictionary,
  others = 0,
): Shares => {
  const size = dictionary.size()
  if (frozen !== undefined) {
    const shares = byText(frozen)
    return listed(size, (id) => (id === 0 ? 0 : (shares.get(dictionary.text(id)) ?? frozen.least)))
  }
  const { places, list, known } = countsIn(table, slot, size)
  // A logarithm for each count is enough.
  return { places, list: list.map((count) => (count === 0 ? 0 : amongOthers(count, known, others))) }
}

/** Some thousand names as properties of an object are found at half the speed, and a look-up asks for each name it meets. */
const byText = ({ shares }: Frequency): ReadonlyMap<string, number> => {
  const known = mapped.get(shares) ?? new Map(Object.entries(shares))
  mapped.set(shares, known)
  return known
}
const mapped = new WeakMap<Frequency['shares'], ReadonlyMap<string, number>>()

/** What each number has, as places in a list of what is different. */
const listed = (size: number, of: (id: number) => number): Shares => {
  const known = new Map<number, number>()
  const places = new Int32Array(size)
  for (let id = 0; id < size; id++) {
    const value = of(id)
    let place = known.get(value)
    if (place === undefined) known.set(value, (place = known.size))
    places[id] = place
  }
  return { places: known.size < 1 << 16 ? Uint16Array.from(places) : places, list: Float64Array.from(known.keys()) }
}

/**
 * log2 of how often somebody else has the value that a record has. Counted in records a rare name looks as common as its
 * bearer is often written down, so the record itself and its other records, as many as the prior expects, are left out.
 */
const amongOthers = (count: number, known: number, others: number): number =>
  Math.log2(Math.min(known, Math.max(count / 4, count - (others > 0 ? 1 + others : 0))) / known)

/** How many other records of its own person a record has on average, by the prior. */
export const othersBy = (prior: number, { size, linking }: Table): number => (2 ** prior * size) / (linking ? 2 : 1)

/** The frequency of years of birth stands under this name. */
export const yearsName = (field: string): string => `${field} (year)`

/** log2 of the share of people who were born in some years; where nobody is known, lives of eighty years. */
export const yearsOf = (frozen: Frequency | undefined, table: Table, slot: number): Years => {
  const count = (): { counted: Map<number, number>; all: number } => {
    const counted = frozen === undefined ? yearCounts(table, slot) : new Map<number, number>()
    for (const [year, share] of Object.entries(frozen?.shares ?? {})) counted.set(+year, 2 ** share)
    return { counted, all: [...counted.values()].reduce((sum, each) => sum + each, 0) }
  }
  // Only when somebody is known by an age.
  let known: ReturnType<typeof count> | undefined
  const floor = 1 / 1024
  return {
    least: Math.log2(floor),
    share: (from, to) => {
      const { counted, all } = (known ??= count())
      let sum = 0
      for (let year = from; year <= to; year++) sum += all === 0 ? 1 / 80 : (counted.get(year) ?? 0) / all
      return Math.log2(Math.min(1, Math.max(floor, sum)))
    },
  }
}
type Years = { readonly least: number; readonly share: (from: number, to: number) => number }

const yearCounts = ({ cells, width }: Table, slot: number): Map<number, number> => {
  const counts = new Map<number, number>()
  for (let at = slot; at < cells.length; at += width) {
    const date = cells[at]!
    if (date > 0) counts.set(yearOf(date), (counts.get(yearOf(date)) ?? 0) + 1)
  }
  return counts
}

/** How many records have each value, as `Shares` has shares, and how many have one at all. */
export type Counts = Shares & { readonly known: number }

/** How many records have a value. */
export const countOf = ({ places, list }: Counts, value: number): number => list[places[value]!]!

/** Counted once for a table, whoever asks. */
export const countsIn = ({ cells, width }: Table, slot: number, size: number): Counts => {
  const counted = countsOf.get(cells) ?? new Map<number, Counts>()
  countsOf.set(cells, counted)
  const before = counted.get(slot)
  if (before?.places.length === size) return before
  const counts = new Int32Array(size)
  let known = 0
  for (let at = slot; at < cells.length; at += width) {
    const value = cells[at]!
    if (value === 0) continue
    counts[value]!++
    known++
  }
  const found = { ...placed(counts), known }
  counted.set(slot, found)
  return found
}

/** Most values are rare and share few counts, so that a look in a short list finds the place of one. */
const placed = (counts: Int32Array): Shares => {
  const most = counts.reduce((all, count) => Math.max(all, count), 0)
  const placeOf = new Int32Array(most + 1).fill(-1)
  const list: number[] = []
  for (let id = 0; id < counts.length; id++) {
    const count = counts[id]!
    if (placeOf[count]! >= 0) continue
    placeOf[count] = list.length
    list.push(count)
  }
  const places = list.length < 1 << 16 ? new Uint16Array(counts.length) : new Int32Array(counts.length)
  for (let id = 0; id < counts.length; id++) places[id] = placeOf[counts[id]!]!
  return { places, list: Float64Array.from(list) }
}
const countsOf = new WeakMap<Int32Array, Map<number, Counts>>()

/** What has been counted of a table by now, in shared memory, by the place in its rows: another thread need not count again. */
export const countedBy = ({ cells }: Table): (readonly [number, Counts])[] => {
  const counted = countsOf.get(cells) ?? new Map<number, Counts>()
  for (const [slot, found] of counted)
    counted.set(slot, { ...found, places: inShared<Uint16Array | Int32Array>(found.places) })
  return [...counted]
}
/** Takes what another thread has counted of the same table. */
export const takeCounts = ({ cells }: Table, counted: readonly (readonly [number, Counts])[]): void => {
  if (counted.length > 0) countsOf.set(cells, new Map(counted))
}

/** Values rarer than this are not listed: the list stays short, and names nobody who could be found by it. */
const few = 5

/** The model with the frequencies of a table in it, so that it gives the same weight to a pair wherever it meets it. */
export const freeze = (model: Model, table: Table): Model => ({
  ...model,
  frequencies: Object.fromEntries([...valuesIn(model, table), ...yearsIn(model, table)]),
})

const valuesIn = (model: Model, table: Table): [string, Frequency][] =>
  countedIn(model.fields, table).map(({ name, slot, dictionary }) => {
    const counts = countsIn(table, slot, dictionary.size())
    const listed = Array.from(counts.places.keys()).filter((id) => countOf(counts, id) >= few)
    const others = othersBy(model.prior, table)
    return [
      name,
      {
        least: -Math.log2(Math.max(1, counts.known)),
        shares: Object.fromEntries(
          listed.map((id) => [dictionary.text(id), amongOthers(countOf(counts, id), counts.known, others)]),
        ),
      },
    ]
  })

const yearsIn = ({ fields }: Model, table: Table): [string, Frequency][] =>
  fields
    .filter(({ kind }) => kind === 'date')
    .map(({ name }) => {
      const counts = yearCounts(table, table.slots.get(name)!)
      const known = [...counts.values()].reduce((sum, count) => sum + count, 0)
      const shares = Object.fromEntries([...counts].map(([year, count]) => [String(year), Math.log2(count / known)]))
      return [yearsName(name), { least: -Math.log2(Math.max(1, known)), shares }]
    })

/** Parts of people's names stand under these; every other field under its own name. */
export const nameParts = { given: '(given)', family: '(family)', whole: '(whole)' } as const

const countedIn = (
  fields: readonly Field[],
  { names, slots, dictionaries }: Table,
): { name: string; slot: number; dictionary: Dictionary }[] => [
  { name: nameParts.given, slot: names.given, dictionary: dictionaries.get(peopleNames)! },
  { name: nameParts.family, slot: names.family, dictionary: dictionaries.get(peopleNames)! },
  { name: nameParts.whole, slot: names.whole, dictionary: dictionaries.get(wholeNames)! },
  ...fields
    .filter(({ name, kind }) => !isNameKind(kind) && kind !== 'nhs number' && dictionaries.has(name))
    .map(({ name, kind }) => ({
      name,
      slot: slots.get(name)! + (kind === 'date' ? 1 : 0),
      dictionary: dictionaries.get(name)!,
    })),
]
