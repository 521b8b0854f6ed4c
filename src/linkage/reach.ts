/**
 * Which pairs of a block can come to a weight at all. A record is held against all that follow it, one comparison after the
 * other: what belongs to the record is read once, and each loop does one thing. Most pairs of a large block end here.
 */
import { dateLevel } from './dates.ts'
import { oneFact } from './household.ts'
import { postcodeLevel } from './places.ts'
import { mayBeOneEdit, mayShareWord, numbersDiffer } from './sign.ts'
import type { NameBound } from './name-bound.ts'
import { sieveOf } from './sieve.ts'
import type { Way } from './compare.ts'

export type Reach = {
  /** Goes on to a block: rows that lie one after the other, from `first` on. */
  readonly begin: (rows: Int32Array, first: number, end: number, least: number) => void
  /**
   * Of the block's rows after its `i`th, those whose pair with it may weigh `least`: their places in the block go into `into`,
   * in order. Gives how many. What is left out weighs less for certain; no text has been compared letter by letter.
   */
  readonly from: (i: number, into: Int32Array) => number
}

/** A comparison of one field, as weights. */
export type Single = {
  readonly way: Way
  readonly slot: number
  readonly isPlace: boolean
  /** What a pair of rows at a level weighs. */
  readonly step: (rows: Int32Array, a: number, b: number, level: number) => number
  /** The same by level, without term frequency, and at which levels that speaks. */
  readonly base: Float64Array
  readonly bonus: Float64Array
  /** What a row weighs with another that has the same, and the most that any does. */
  readonly ofSame: (rows: Int32Array, a: number) => number
  readonly most: number
  /** The most a text is worth that is not the same. */
  readonly unequal: number
  /** The most of two addresses with other numbers in them. */
  readonly otherNumber: number
}

/**
 * Adds the most that a row's pairs with others are worth in one comparison to `sums`, one after the other; `others` says where
 * these begin. How common its value is lies anywhere in memory, and is looked up only where another row has it too.
 */
type Column = (rows: Int32Array, a: number, others: Int32Array, many: number, sums: Float64Array) => void

export const reachOf = (
  prior: number,
  singles: readonly Single[],
  names: NameBound | undefined,
  width: number,
): Reach => {
  const columns = singles.filter(({ isPlace }) => !isPlace).map(columnOf)
  const places = singles.filter(({ isPlace }) => isPlace).map(columnOf)
  // The only place adds up with the others.
  if (places.length === 1) columns.push(places.pop()!)
  const sieve = names && sieveOf(prior, singles, names, width)
  let others = new Int32Array(1024)
  let sums = new Float64Array(1024)
  let [place, strongest] = [new Float64Array(1024), new Float64Array(1024)]
  let [rows, first, size, least, isSieved] = [new Int32Array(0), 0, 0, 0, false]

  return {
    begin: (from, start, end, asked) => {
      ;[rows, first, size, least] = [from as Int32Array<ArrayBuffer>, start, end - start, asked]
      if (size > sums.length) {
        const room = (): Float64Array<ArrayBuffer> => new Float64Array(size * 2)
        ;[sums, place, strongest] = [room(), room(), room()]
        others = new Int32Array(size * 2)
      }
      names?.begin(from, start, end)
      isSieved = sieve?.begin(from, start, end, least) ?? false
    },

    from: (i, into) => {
      let many = size - i - 1
      if (isSieved) many = sieve!.from(i, into)
      else for (let n = 0; n < many; n++) into[n] = i + 1 + n
      if (many === 0) return 0
      for (let n = 0; n < many; n++) {
        others[n] = (first + into[n]!) * width
        sums[n] = prior
      }
      const a = (first + i) * width
      for (const add of columns) add(rows, a, others, many, sums)
      if (places.length > 0) {
        strongest.fill(0, 0, many)
        for (const add of places) {
          place.fill(0, 0, many)
          add(rows, a, others, many, place)
          for (let n = 0; n < many; n++) strongest[n] = oneFact(strongest[n]!, place[n]!)
        }
        for (let n = 0; n < many; n++) sums[n]! += strongest[n]!
      }
      let found = 0
      for (let n = 0; n < many; n++)
        if (names === undefined ? sums[n]! >= least : names.mayBe(i, into[n]!, least - sums[n]!))
          into[found++] = into[n]!
      return found
    },
  }
}

const columnOf = (single: Single): Column => {
  switch (single.way) {
    case 'date':
      return dates(single)
    case 'postcode':
      return postcodes(single)
    case 'signed number':
      return signedNumbers(single)
    case 'signed address':
      return signedAddresses(single)
    default:
      return anyOther(single)
  }
}

const dates =
  ({ slot, step, ofSame, base, bonus }: Single): Column =>
  (rows, a, others, many, sums) => {
    const x = rows[a + slot]!
    let same = NaN
    for (let n = 0; n < many; n++) {
      const b = others[n]!
      const y = rows[b + slot]!
      if (x === y) sums[n]! += isNaN(same) ? (same = ofSame(rows, a)) : same
      else {
        const level = dateLevel(x, y)
        sums[n]! += bonus[level] === 0 ? base[level]! : step(rows, a, b, level)
      }
    }
  }

const postcodes =
  ({ slot, base }: Single): Column =>
  (rows, a, others, many, sums) => {
    const x = rows[a + slot]!
    for (let n = 0; n < many; n++) sums[n]! += base[postcodeLevel(x, rows[others[n]! + slot]!)]!
  }

const signedNumbers =
  ({ slot, ofSame, base, unequal }: Single): Column =>
  (rows, a, others, many, sums) => {
    const [x, sign] = [rows[a + slot]!, rows[a + slot + 1]!]
    let same = NaN
    const different = base[1]!
    for (let n = 0; n < many; n++) {
      const at = others[n]! + slot
      const y = rows[at]!
      if (x === 0 || y === 0) continue
      if (x === y) sums[n]! += isNaN(same) ? (same = ofSame(rows, a)) : same
      else sums[n]! += mayBeOneEdit(sign, rows[at + 1]!) ? unequal : different
    }
  }

const signedAddresses =
  ({ slot, ofSame, base, unequal, otherNumber }: Single): Column =>
  (rows, a, others, many, sums) => {
    const [x, sign] = [rows[a + slot]!, rows[a + slot + 1]!]
    let same = NaN
    for (let n = 0; n < many; n++) {
      const at = others[n]! + slot
      const y = rows[at]!
      if (x === 0 || y === 0) continue
      if (x === y) sums[n]! += isNaN(same) ? (same = ofSame(rows, a)) : same
      else if (numbersDiffer(sign, rows[at + 1]!))
        sums[n]! += mayShareWord(sign, rows[at + 1]!) ? otherNumber : base[1]!
      else sums[n]! += unequal
    }
  }

const anyOther =
  ({ slot, ofSame, unequal }: Single): Column =>
  (rows, a, others, many, sums) => {
    const x = rows[a + slot]!
    let same = NaN
    for (let n = 0; n < many; n++) {
      const at = others[n]! + slot
      const y = rows[at]!
      if (x === 0 || y === 0) continue
      if (x === y) sums[n]! += isNaN(same) ? (same = ofSame(rows, a)) : same
      else sums[n]! += unequal
    }
  }
