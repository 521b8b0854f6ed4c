/**
 * The most that two names can be worth, before they are compared letter by letter: from whether they are the same, how
 * common they are, and whether they could be alike at all. Most pairs of a large block end here.
 */
import { alike, areSuch, formsOf, isInitial, nameLevel } from './compare-names.ts'
import type { NameShares } from './compare.ts'
import { shareIn } from './frequency.ts'
import { fewestMatches, signsMayReach } from './likeness.ts'
import { peopleNames, type Table } from './table.ts'

export type NameBound = {
  /** What names are worth that are different. */
  readonly different: number
  /** What is kept of the rows, one after the other: see `heldAt`. */
  readonly held: () => Int32Array
  /** Goes on to other rows, so many that lie one after the other from `first` on. */
  readonly begin: (rows: Int32Array, first: number, end: number) => void
  /** False only where the names of two of the rows, counted from 0, are worth less than `needed`. */
  readonly mayBe: (i: number, j: number, needed: number) => boolean
}

/** What is kept of a row: its names, what each has, and the signs of both; a line of the processor's cache. */
const kept = 16
const [aGiven, aMiddle, aFamily, aWhole, givenHas, familyHas, givenSigns, familySigns] = [0, 1, 2, 3, 4, 5, 8, 12]

/** Where that lies, for those who look at it too. */
export const heldAt = { stride: kept, given: aGiven, family: aFamily, familyHas, familySigns }

/** `base` and `bonus` are the weights of the name's levels. */
export const nameBound = (
  base: Float64Array,
  bonus: Float64Array,
  { ofWhole, ofGiven, ofFamily }: NameShares,
  table: Table,
): NameBound => {
  const { given, middle, family, whole } = table.names
  const { width } = table
  const names = table.dictionaries.get(peopleNames)!
  const { has } = formsOf(names)
  const signs = names.signs()
  const fewest = fewestMatches(alike)
  const { sameGiven, sameFamily, initial, alike: bothAlike_, close, variant, swapped, same } = nameLevel
  const different = base[1]!
  const bothAlike = Math.max(base[bothAlike_]!, base[close]!, base[variant]!)
  const rarest = (level: number, { list }: { readonly list: Float64Array }): number =>
    base[level]! + bonus[level]! - list.reduce((least, share) => Math.min(least, share), 0)
  const rarestFamily = rarest(sameFamily, ofFamily)
  const highest = Math.max(0, different, base[initial]!, bothAlike, base[swapped]!)
  const highestAtAll = Math.max(highest, rarestFamily, rarest(same, ofWhole), rarest(sameGiven, ofGiven))
  let rows = new Int32Array(kept * 1024)

  const take = (name: number, at: number, hasAt: number, signsAt: number): void => {
    rows[at + hasAt] = has[name]!
    for (let s = 0; s < 4; s++) rows[at + signsAt + s] = signs[name * 4 + s]!
  }

  const mayBeAlike = (a: number, b: number, name: number, has: number, signs: number): boolean =>
    rows[a + name] === rows[b + name] ||
    areSuch(rows[a + has]!, rows[b + has]!) ||
    signsMayReach(fewest, rows, a + signs, b + signs)

  /** The most that two names are worth of which a part is missing, in the order in which they are compared (`compareNames`). */
  const partly = (a: number, b: number): number => {
    if (rows[a + aGiven] !== 0 && rows[b + aGiven] !== 0)
      return mayBeAlike(a, b, aGiven, givenHas, givenSigns) ? Math.max(0, different) : different
    if (rows[a + aFamily] === 0 || rows[b + aFamily] === 0) return 0
    return mayBeAlike(a, b, aFamily, familyHas, familySigns) ? Math.max(base[initial]!, different) : different
  }

  return {
    different,
    held: () => rows,

    begin: (from, first, end) => {
      if ((end - first) * kept > rows.length) rows = new Int32Array((end - first) * kept * 2)
      for (let i = first, at = 0; i < end; i++, at += kept) {
        const row = i * width
        rows[at + aGiven] = from[row + given]!
        rows[at + aMiddle] = from[row + middle]!
        rows[at + aFamily] = from[row + family]!
        rows[at + aWhole] = from[row + whole]!
        take(from[row + given]!, at, givenHas, givenSigns)
        take(from[row + family]!, at, familyHas, familySigns)
      }
    },

    mayBe: (i, j, needed) => {
      if (different >= needed) return true
      if (highestAtAll < needed) return false
      const [a, b] = [i * kept, j * kept]
      const both = rows[a + aWhole]!
      if (both !== 0 && both === rows[b + aWhole]) return base[same]! + bonus[same]! - shareIn(ofWhole, both) >= needed
      const [givenA, givenB] = [rows[a + aGiven]!, rows[b + aGiven]!]
      const [familyA, familyB] = [rows[a + aFamily]!, rows[b + aFamily]!]
      if (
        givenA !== 0 &&
        givenA === givenB &&
        base[sameGiven]! + bonus[sameGiven]! - shareIn(ofGiven, givenA) >= needed
      )
        return true
      if (givenA === 0 || givenB === 0 || familyA === 0 || familyB === 0) return partly(a, b) >= needed
      if (Math.max(highest, rarestFamily) < needed) return false
      if ((givenA === familyB || familyA === givenB) && base[swapped]! >= needed) return true
      if (familyA === familyB || areSuch(rows[a + familyHas]!, rows[b + familyHas]!)) {
        const share = Math.max(shareIn(ofFamily, familyA), shareIn(ofFamily, familyB))
        if (base[sameFamily]! + bonus[sameFamily]! - share >= needed) return true
      } else if (!signsMayReach(fewest, rows, a + familySigns, b + familySigns)) return false
      if (base[initial]! >= needed && (isInitial(rows[a + givenHas]!) || isInitial(rows[b + givenHas]!))) return true
      if (bothAlike < needed) return false
      return (
        rows[a + aMiddle] !== 0 ||
        rows[b + aMiddle] !== 0 ||
        givenA === givenB ||
        areSuch(rows[a + givenHas]!, rows[b + givenHas]!) ||
        signsMayReach(fewest, rows, a + givenSigns, b + givenSigns)
      )
    },
  }
}
