/**
 * What must never look certain, whatever it adds up to. A family shares its name, its house, its phone and sometimes a
 * birthday: that is one fact seen four times, and comparisons counted as independent take it for four. Twins, siblings at
 * one address, and a father and son of one name are held below the strong band here, by rule and not by weight.
 */
import { nameLevel, compareNames } from './compare-names.ts'
import { peopleComparison, type Comparator } from './compare.ts'
import { birthLevel, yearOf } from './dates.ts'
import { countOf, countsIn, nameParts } from './frequency.ts'
import type { Frequency, Model } from './model.ts'
import { variantLines } from './name-variants.ts'
import { isNameKind, peopleNames, type Table } from './table.ts'

type Found = Int32Array
export type Guards = {
  readonly cap: (cells: Int32Array, a: number, b: number, found: Found, weight: number) => number
  readonly reason: (cells: Int32Array, a: number, b: number, found: Found, weight: number) => string | undefined
}

/** How far under a threshold a guarded pair is put: visibly below, still in the list to look at. */
const below = 1

export const guardsOf = (model: Model, comparators: readonly Comparator[], table: Table): Guards => {
  const { link, strong } = model.thresholds
  const kindOf = new Map(model.fields.map(({ name, kind }) => [name, kind]))
  const at = (test: (comparator: Comparator) => boolean): number[] =>
    comparators.flatMap((comparator, c) => (test(comparator) ? [c] : []))
  const [name] = at((each) => each.name === peopleComparison && isNameKind(kindOf.get(each.fields[0]!)!))
  if (name === undefined) return { cap: (_c, _a, _b, _f, weight) => weight, reason: () => undefined }
  const [birth] = at(({ fields }) => kindOf.get(fields[0]!) === 'date')
  // Only what belongs to one person; a household shares a phone and often an e-mail address.
  const own = at(({ fields }) => ['nhs number', 'identifier'].includes(kindOf.get(fields[0]!)!))
  const sexes = at(({ fields }) => kindOf.get(fields[0]!) === 'sex')
  const { givenDiffers, middleDiffers } = compareNames(table)
  const isName = knownNames(table, model.frequencies?.[nameParts.given])
  const low = Math.min(link, strong) - below

  // Somebody is born on their father's birthday; a decade mistyped is ten years.
  const bornAt = birth === undefined ? 0 : table.slots.get(comparators[birth]!.fields[0]!)!
  const aGenerationApart = (cells: Int32Array, a: number, b: number): boolean =>
    Math.abs(yearOf(cells[a + bornAt]!) - yearOf(cells[b + bornAt]!)) > 10

  const held = {
    givens: [low, 'two given names in one family: may be twins or siblings'],
    given: [strong - below, 'given names not the same: may be siblings'],
    sex: [strong - below, 'one name, different sex: may be siblings'],
    unborn: [strong - below, 'no birth known to the day: a parent and child may share a name and a house'],
    births: [strong - below, 'one name, different births: may be parent and child'],
    middle: [strong - below, 'different second names: may be siblings'],
  } as const

  const limit = (cells: Int32Array, a: number, b: number, found: Found): readonly [number, string] | undefined => {
    const level = found[name]!
    if (own.some((c) => found[c] === comparators[c]!.levels.length - 1)) return undefined
    const { given } = table.names
    if (
      level === nameLevel.sameFamily &&
      givenDiffers(cells, a, b) &&
      isName(cells[a + given]!) &&
      isName(cells[b + given]!)
    )
      return held.givens
    if (level < nameLevel.sameFamily) return undefined
    if (level <= nameLevel.close) return held.given
    if (sexes.some((c) => found[c] === 1)) return held.sex
    const born = birth === undefined ? 0 : found[birth]!
    if (born === 0 || born === birthLevel.withinAge) return held.unborn
    if (born <= birthLevel.withinOneYear || aGenerationApart(cells, a, b)) return held.births
    if (middleDiffers(cells, a, b)) return held.middle
    return undefined
  }

  return {
    cap: (cells, a, b, found, weight) => {
      if (weight < low) return weight
      const most = limit(cells, a, b, found)
      return most === undefined ? weight : Math.min(weight, most[0])
    },
    reason: (cells, a, b, found, weight) => {
      const most = limit(cells, a, b, found)
      return most !== undefined && most[0] < weight ? most[1] : undefined
    },
  }
}

/** So many records with a name make it one that parents give, and no slip of a keyboard. */
const few = 4

const knownNames = (table: Table, frozen: Frequency | undefined): ((id: number) => boolean) => {
  const names = table.dictionaries.get(peopleNames)!
  const counts = countsIn(table, table.names.given, names.size())
  const isCommon = (id: number): boolean =>
    frozen === undefined ? countOf(counts, id) >= few : frozen.shares[names.text(id)] !== undefined
  return (id) => isCommon(id) || variantLines(names.text(id)).length > 0
}
