/** Given and family names together as numbers, so that two whole names compare in one instruction. */
import { newDictionary, type Dictionary, type SharedDictionary } from './dictionary.ts'
import { mix } from './hash.ts'

/** A dictionary of given and family names together, by the numbers of both. */
export const pairDictionary = (people: Dictionary, from?: SharedDictionary): Dictionary => {
  const pairs = newDictionary(from)
  return {
    ...pairs,
    text: (id: number): string => {
      const code = (at: number): number => pairs.text(id).charCodeAt(at)
      return id === 0 ? '' : `${people.text(code(0) | (code(1) << 16))}|${people.text(code(2) | (code(3) << 16))}`
    },
  }
}

/**
 * The number of a pair in such a dictionary, made when it is new. A hash table of its own, of number, given and family: one
 * look in memory where a text would take four, and half of all records have a pair that none before them had.
 */
export const pairNumbers = ({ add }: Dictionary) => {
  const codes = new Uint16Array(4)
  let slots = new Int32Array(3 * 64)
  let [size, mask] = [0, 63]
  const placeOf = (given: number, family: number): number => {
    for (let at = mix(given, family) & mask; ; at = (at + 1) & mask)
      if (slots[at * 3] === 0 || (slots[at * 3 + 1] === given && slots[at * 3 + 2] === family)) return at * 3
  }
  const spread = (): void => {
    const before = slots
    mask = mask * 2 + 1
    slots = new Int32Array((mask + 1) * 3)
    for (let from = 0; from < before.length; from += 3) {
      if (before[from] === 0) continue
      const at = placeOf(before[from + 1]!, before[from + 2]!)
      slots[at] = before[from]!
      slots[at + 1] = before[from + 1]!
      slots[at + 2] = before[from + 2]!
    }
  }
  let _near = 0
  return {
    /** Reads where the pair would be, so that it is at hand: the waits of many then overlap. */
    bringNear: (given: number, family: number): void => {
      _near ^= slots[(mix(given, family) & mask) * 3]!
    },
    numberOf: (given: number, family: number): number => {
      const at = placeOf(given, family)
      if (slots[at] !== 0) return slots[at]!
      codes[0] = given
      codes[1] = given >>> 16
      codes[2] = family
      codes[3] = family >>> 16
      const id = add(codes, 0, 4)
      slots[at] = id
      slots[at + 1] = given
      slots[at + 2] = family
      if (++size * 2 > mask) spread()
      return id
    },
  }
}
