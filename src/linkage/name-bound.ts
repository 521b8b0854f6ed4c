/**
 * The most that two names can be worth, before they are compared letter by letter: from whether they are the same, how
 * common they are, and whether they could be alike at all. Most pairs of a large block end here.
 */
import { compareNames, nameLevel } from './compare-names.ts'
import type { NameShares } from './compare.ts'
import type { Table } from './table.ts'

/** False only for rows whose names are worth less than `needed`. `base` and `bonus` are the weights of the name's levels. */
export const nameBound = (
  base: Float64Array,
  bonus: Float64Array,
  { ofWhole, ofGiven, ofFamily }: NameShares,
  table: Table,
): ((cells: Int32Array, a: number, b: number, needed: number) => boolean) => {
  const { given, middle, family, whole } = table.names
  const { mayBeAlike, mayBeForms, isInitial } = compareNames(table)
  const { sameGiven, sameFamily, initial, alike, close, variant, swapped, same } = nameLevel
  const different = base[1]!
  const bothAlike = Math.max(base[alike]!, base[close]!, base[variant]!)
  const rarest = base[sameFamily]! + bonus[sameFamily]! - ofFamily.reduce((least, share) => Math.min(least, share), 0)
  const highest = Math.max(0, different, base[initial]!, bothAlike, base[swapped]!)

  return (cells, a, b, needed) => {
    const both = cells[a + whole]!
    if (both !== 0 && both === cells[b + whole]) return base[same]! + bonus[same]! - ofWhole[both]! >= needed
    const [givenA, givenB] = [cells[a + given]!, cells[b + given]!]
    const [familyA, familyB] = [cells[a + family]!, cells[b + family]!]
    if (givenA !== 0 && givenA === givenB && base[sameGiven]! + bonus[sameGiven]! - ofGiven[givenA]! >= needed)
      return true
    if (givenA === 0 || givenB === 0 || familyA === 0 || familyB === 0) return highest >= needed
    if (different >= needed) return true
    if (Math.max(highest, rarest) < needed) return false
    if ((givenA === familyB || familyA === givenB) && base[swapped]! >= needed) return true
    if (mayBeForms(familyA, familyB)) {
      if (base[sameFamily]! + bonus[sameFamily]! - Math.max(ofFamily[familyA]!, ofFamily[familyB]!) >= needed)
        return true
    } else if (!mayBeAlike(familyA, familyB)) return false
    if (base[initial]! >= needed && (isInitial(givenA) || isInitial(givenB))) return true
    if (bothAlike < needed) return false
    return cells[a + middle] !== 0 || cells[b + middle] !== 0 || mayBeAlike(givenA, givenB)
  }
}
