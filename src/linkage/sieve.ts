/**
 * Of a large block in which only a birth agrees, nearly no pair has anything else in common: no name, no number, no place.
 * Those that may have are found here without a look at each of the others.
 */
import { mix } from './hash.ts'
import { heldAt, type NameBound } from './name-bound.ts'
import { newNameSets } from './name-sets.ts'
import type { Single } from './reach.ts'

export type Sieve = {
  /** Goes on to a block, and says whether it can be sieved: whether pairs with nothing in common weigh less than `least`. */
  readonly begin: (rows: Int32Array, first: number, end: number, least: number) => boolean
  /** Puts the rows after the block's `i`th that may have something in common with it into `into`, in order; gives how many. */
  readonly from: (i: number, into: Int32Array) => number
}

/** Smaller blocks are sooner gone through. */
const few = 12

/**
 * Pairs with nothing in common are worth no more than names that are different, a birth that all rows share, and what each
 * column gives to values that are not nearly the same. A column that gives little to any, as the sex, is not looked at.
 */
export const sieveOf = (prior: number, singles: readonly Single[], names: NameBound, width: number): Sieve => {
  const births = singles.filter(({ way }) => way === 'date')
  const columns = singles
    .filter(({ way }) => way !== 'date')
    .map((single) => ({ ...worthOf(single), isOpen: openIn(single), keys: keysIn(single) }))
    .sort((one, other) => other.high - other.low - (one.high - one.low))
  const sets = newNameSets()
  const links = newLinks()
  const { stride, given, family, familyHas, familySigns } = heldAt
  let held = new Int32Array(0)
  let isOpen = new Uint8Array(64)
  let bits = new Int32Array(2)
  let size = 0

  /** Whether all rows have one number at a place. */
  const isOne = (rows: Int32Array, place: number, width: number): boolean => {
    for (let i = 1, at = place + width; i < size; i++, at += width) if (rows[at] !== rows[place]) return false
    return true
  }

  /** How many columns must be looked at, so that pairs which have nothing in common in them stay under `least`; -1 for none such. */
  const columnsFor = (rows: Int32Array, a: number, least: number): number => {
    let sum = prior + names.different
    for (const { slot, ofSame } of births) {
      if (!isOne(rows, a + slot, width)) return -1
      sum += ofSame(rows, a)
    }
    for (const { high } of columns) sum += high
    for (let many = 0; many <= columns.length; many++) {
      if (sum < least) return many
      sum += (columns[many]?.low ?? 0) - (columns[many]?.high ?? 0)
    }
    return -1
  }

  return {
    begin: (rows, first, end, least) => {
      size = end - first
      if (size < few) return false
      const many = columnsFor(rows, first * width, least)
      held = names.held() as Int32Array<ArrayBuffer>
      // Where all have one family name, or one number, all have something in common.
      if (many < 0 || isOne(held, family, stride)) return false
      for (let c = 0; c < many; c++) if (isOne(rows, first * width + columns[c]!.slot, width)) return false

      if (size > isOpen.length) [isOpen, bits] = [new Uint8Array(size * 2), new Int32Array(size)]
      sets.begin(size)
      links.begin(size)
      // From the last row on, so that what is linked to a row comes after it.
      for (let i = size - 1, at = i * stride, a = (end - 1) * width; i >= 0; i--, at -= stride, a -= width) {
        links.row(i)
        // Given and family names alike, since they may be swapped.
        links.add(held[at + given]!)
        links.add(held[at + family]!)
        let open = held[at + family] === 0
        for (let c = 0; c < many; c++) {
          open ||= columns[c]!.isOpen(rows, a)
          for (const key of columns[c]!.keys) {
            const value = key(rows, a)
            if (value !== 0) links.add(mix(value, c + 1))
          }
        }
        isOpen[i] = Number(open)
        if (open) sets.addOpen(i)
        else sets.add(i, held[at + familyHas]!, held, at + familySigns)
      }
      sets.close()
      return true
    },

    from: (i, into) => {
      if (isOpen[i] === 1) {
        for (let j = i + 1; j < size; j++) into[j - i - 1] = j
        return size - i - 1
      }
      const at = i * stride
      sets.from(i, held[at + familyHas]!, held, at + familySigns, bits)
      links.from(i, bits)
      let found = 0
      const last = (size - 1) >> 5
      // Of its own integer only the rows after it, of the last one those that there are.
      for (let word = i >> 5, mask = -2 << (i & 31); word <= last; word++, mask = -1) {
        if (word === last) mask &= -1 >>> (31 - ((size - 1) & 31))
        for (let rest = bits[word]! & mask; rest !== 0; rest &= rest - 1)
          into[found++] = (word << 5) + 31 - Math.clz32(rest & -rest)
      }
      return found
    },
  }
}

/** The most that a column is worth to pairs that have something in common in it, and to those that have not. */
const worthOf = ({ way, slot, base, most, unequal, otherNumber }: Single) => {
  const high = Math.max(0, most, ...base.slice(1, -1))
  if (way === 'postcode') return { slot, high, low: Math.max(0, ...base.slice(1, 4)) }
  if (way === 'signed number') return { slot, high, low: Math.max(0, base[1]!) }
  return { slot, high, low: Math.max(0, base[1]!, unequal, way === 'signed address' ? otherNumber : 0) }
}

/** The numbers of a row of which another must have one to have something in common with it; 0 for none. */
const keysIn = ({ way, slot }: Single): readonly ((rows: Int32Array, a: number) => number)[] => {
  if (way === 'postcode') return [(rows, a) => rows[a + slot]! >>> 9]
  if (way !== 'signed number') return [(rows, a) => rows[a + slot]!]
  // One edit leaves either end of a number as it is.
  return [(rows, a) => rows[a + slot + 1]! >>> 16, (rows, a) => -(rows[a + slot + 1]! & 0xffff)]
}

/** Whether a row's number has no sign, so that it may be one edit from any. */
const openIn =
  ({ way, slot }: Single) =>
  (rows: Int32Array, a: number): boolean =>
    way === 'signed number' && rows[a + slot] !== 0 && rows[a + slot + 1] === 0

/** Rows that have a number in common, each linked to the next after it. */
const newLinks = () => {
  let [numbers, rows, next] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)]
  // Where a row's numbers begin; those of the row before it stand after them.
  let begins = new Int32Array(64)
  let heads = new Int32Array(256)
  let [mask, count, current] = [255, 0, 0]
  return {
    begin: (size: number): void => {
      while (size * 4 > mask) mask = mask * 2 + 1
      while (mask > 255 && size * 8 < mask) mask >>= 1
      if (mask >= heads.length) heads = new Int32Array(mask + 1)
      heads.fill(0, 0, mask + 1)
      if (size > begins.length) begins = new Int32Array(size * 2)
      begins[size - 1] = 1
      count = 1
    },
    row: (row: number): void => {
      current = row
      begins[row] = count
    },
    add: (number: number): void => {
      if (number === 0) return
      if (count + 1 >= numbers.length) {
        const room = (from: Int32Array): Int32Array<ArrayBuffer> => {
          const into = new Int32Array(from.length * 2)
          into.set(from)
          return into
        }
        ;[numbers, rows, next] = [room(numbers), room(rows), room(next)]
      }
      const head = (Math.imul(number, 0x9e3779b1) >>> 7) & mask
      numbers[count] = number
      rows[count] = current
      next[count] = heads[head]!
      heads[head] = count++
    },
    /** Sets the bits of the rows linked to a row. */
    from: (row: number, bits: Int32Array): void => {
      const to = row === 0 ? count : begins[row - 1]!
      for (let own = begins[row]!; own < to; own++) {
        const number = numbers[own]!
        for (let at = next[own]!; at !== 0; at = next[at]!)
          if (numbers[at] === number) bits[rows[at]! >> 5]! |= 1 << (rows[at]! & 31)
      }
    },
  }
}
