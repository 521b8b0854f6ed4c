/**
 * How common values are. Counted in the table at hand, or frozen in the model: a look-up of two records knows nothing of
 * a county, and yesterday's explanation must not change because somebody was added today.
 */
import type { Dictionary } from './dictionary.ts'
import type { Field, Frequency, Model } from './model.ts'
import { isNameKind, peopleNames, wholeNames, type Table } from './table.ts'

/** log2 of the share that each value has among the records with one, by the value's number. */
export const sharesOf = (
  frozen: Frequency | undefined,
  table: Table,
  slot: number,
  dictionary: Dictionary,
): Float64Array => {
  if (frozen !== undefined)
    return Float64Array.from({ length: dictionary.size() }, (_, id) =>
      id === 0 ? 0 : (frozen.shares[dictionary.text(id)] ?? frozen.least),
    )
  const { counts, known } = countsIn(table, slot, dictionary.size())
  return counts.map((count) => (count > 0 ? Math.log2(count / known) : 0))
}

/** How many records have each value, and how many have one at all. */
export const countsIn = (table: Table, slot: number, size: number): { counts: Float64Array; known: number } => {
  const counts = new Float64Array(size)
  let known = 0
  for (let at = slot; at < table.cells.length; at += table.width) {
    const value = table.cells[at]!
    if (value === 0) continue
    counts[value]!++
    known++
  }
  return { counts, known }
}

/** Values rarer than this are not listed: the list stays short, and names nobody who could be found by it. */
const few = 5

/** The model with the frequencies of a table in it, so that it gives the same weight to a pair wherever it meets it. */
export const freeze = (model: Model, table: Table): Model => ({
  ...model,
  frequencies: Object.fromEntries(
    countedIn(model.fields, table).map(({ name, slot, dictionary }) => {
      const { counts, known } = countsIn(table, slot, dictionary.size())
      const listed = Array.from(counts.keys()).filter((id) => counts[id]! >= few)
      return [
        name,
        {
          least: Math.min(0, Math.log2(2 / Math.max(1, known))),
          shares: Object.fromEntries(listed.map((id) => [dictionary.text(id), Math.log2(counts[id]! / known)])),
        },
      ]
    }),
  ),
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
