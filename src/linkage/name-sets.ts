/**
 * Which rows of a block have family names that could be more than different, thirty-two rows at a time. Of each letter there
 * is a set of the rows that have it, a bit for each; adding up the sets of one name's letters says of all rows at once how
 * many they share with it. Whatever `areSuch` or `signsMayReach` lets pass is found, and little else.
 */
import { alike, isInParts, linesOf, partsOf } from './compare-names.ts'
import { fewestMatches, width as longest } from './likeness.ts'

/** What a set is of: letters seen once and twice, first letters, lines and parts of names, parts of names in several, lengths. */
const [once, twice, firsts, forms, inParts, lengths, kinds] = [0, 32, 64, 96, 128, 160, 160 + longest + 1]

/** A row's family name is given as what it has (`formsOf`) and as the place where its sign begins. */
export type NameSets = {
  /** Goes on to a block of so many rows. */
  readonly begin: (size: number) => void
  readonly add: (row: number, has: number, signs: Int32Array, sign: number) => void
  /** Adds a row that goes with all. */
  readonly addOpen: (row: number) => void
  /** To be called when all rows have been added. */
  readonly close: () => void
  /** Puts the rows that may go with this name into `into`, 32 to an integer, from the one that the row itself is in. */
  readonly from: (row: number, has: number, signs: Int32Array, sign: number, into: Int32Array) => void
}

export const newNameSets = (): NameSets => {
  let sets = new Int32Array(kinds * 8)
  let open = new Int32Array(8)
  let words = 0
  // Where the sets begin that are added up, and those of which one is enough.
  const [added, enough] = [new Int32Array(64), new Int32Array(64)]

  const put = (bits: number, kind: number, word: number, row: number): void => {
    for (let rest = bits; rest !== 0; rest &= rest - 1)
      sets[(kind + 31 - Math.clz32(rest & -rest)) * words + word]! |= row
  }
  const setsOf = (bits: number, kind: number, into: Int32Array, from: number): number => {
    let many = from
    for (let rest = bits; rest !== 0; rest &= rest - 1) into[many++] = (kind + 31 - Math.clz32(rest & -rest)) * words
    return many
  }

  return {
    begin: (size) => {
      words = (size + 31) >> 5
      if (words > open.length) [sets, open] = [new Int32Array(kinds * words * 2), new Int32Array(words * 2)]
      else {
        sets.fill(0, 0, kinds * words)
        open.fill(0, 0, words)
      }
    },

    add: (row, has, signs, sign) => {
      const word = row >> 5
      const bit = 1 << (row & 31)
      put(signs[sign]!, once, word, bit)
      put(signs[sign + 1]!, twice, word, bit)
      sets[(firsts + firstOf(signs[sign + 3]!)) * words + word]! |= bit
      sets[(lengths + (signs[sign + 2]! & 255)) * words + word]! |= bit
      put(linesOf(has) | partsOf(has), forms, word, bit)
      if (isInParts(has)) put(partsOf(has), inParts, word, bit)
    },

    addOpen: (row) => void (open[row >> 5]! |= 1 << (row & 31)),

    close: () => {
      // What is no longer than that.
      for (let at = lengths * words + words; at < kinds * words; at++) sets[at]! |= sets[at - words]!
    },

    from: (row, has, signs, sign, into) => {
      const length = signs[sign + 2]! & 255
      let many = setsOf(signs[sign]!, once, added, 0)
      many = setsOf(signs[sign + 1]!, twice, added, many)
      let some = setsOf(linesOf(has), forms, enough, 0)
      some = setsOf(partsOf(has), isInParts(has) ? forms : inParts, enough, some)
      const first = (firsts + firstOf(signs[sign + 3]!)) * words
      // Four bits for each row, which count up to where the highest is set; letters met more often are taken for shared.
      const start = Math.min(8, 8 - needed[length * steps]! + (signs[sign + 2]! >> 8))
      const ones = -(start & 1)
      const twos = -((start >> 1) & 1)
      const fours = -((start >> 2) & 1)
      const eights = -(start >> 3)
      for (let word = row >> 5; word < words; word++) {
        let one = ones
        let two = twos
        let four = fours
        let eight = eights
        for (let k = 0, step = length * steps + 1; ; k++) {
          let set: number
          if (k < many) set = sets[added[k]! + word]!
          else if (needed[step] !== 0) {
            // To a shorter name, or one with the same first letter, fewer are enough: that counts as letters.
            set = sets[(lengths + anyFirst[step]!) * words + word]!
            set |= sets[first + word]! & sets[(lengths + sameFirst[step]!) * words + word]!
            step++
          } else break
          let carry = one & set
          one ^= set
          set = two & carry
          two ^= carry
          carry = four & set
          four ^= set
          eight |= carry
        }
        for (let k = 0; k < some; k++) eight |= sets[enough[k]! + word]!
        into[word] = eight | open[word]!
      }
    },
  }
}

/** The first letter of a sign's beginning. */
const firstOf = (beginning: number): number => (beginning >>> 24) & 31

/**
 * How many letters a name of some length must share with another to be alike at all, eight at most; in steps from the most that
 * any other needs down to the fewest. Up to which length of the other a step is enough, whichever its first letter is, and
 * where that is the same. A step of 0 ends them.
 */
const steps = 10
const needed = new Uint8Array((longest + 1) * steps)
const [anyFirst, sameFirst] = [new Uint8Array(needed.length), new Uint8Array(needed.length)]
const fewest = fewestMatches(alike)
for (let length = 1; length <= longest; length++) {
  const least = (other: number, from: number, to: number): number => {
    let found = 255
    for (let prefix = from; prefix <= to; prefix++)
      found = Math.min(found, fewest[((length * (longest + 1) + other) << 3) + prefix]!)
    return found
  }
  /** The greatest length of another to which so many may be enough. */
  const furthest = (letters: number, from: number, to: number): number => {
    let other = longest
    while (other > 0 && least(other, from, to) > letters) other--
    return other
  }
  let letters = 0
  for (let other = 1; other <= longest; other++)
    for (const most of [least(other, 0, 0), least(other, 1, 4)]) if (most < 255) letters = Math.max(letters, most)
  letters = Math.min(8, letters)
  for (let step = 0; letters > 0; step++, letters--) {
    if (furthest(letters, 0, 4) === 0) break
    const at = length * steps + step
    needed[at] = letters
    anyFirst[at] = furthest(letters, 0, 0)
    sameFirst[at] = furthest(letters, 1, 4)
  }
}
