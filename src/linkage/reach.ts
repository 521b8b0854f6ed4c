/**
 * Which pairs of a block can come to a weight at all. A record is held against all that follow it, one comparison after the
 * other: what belongs to the record is read once, and each loop does one thing. Most pairs of a large block end here.
 */
import { dateLevel } from './dates.ts'
import { oneFact } from './household.ts'
import { postcodeLevel } from './places.ts'
import { mayBeOneEdit, mayShareWord, numbersDiffer } from './sign.ts'
import type { NameBound } from './name-bound.ts'
import type { Way } from './compare.ts'

export type Reach = {
  /** Goes on to a block: rows that lie one after the other, from `first` on. */
  readonly begin: (rows: Int32Array, first: number, end: number) => void
  /**
   * Of the block's rows after its `i`th, those whose pair with it may weigh `least`: their places in the block go into `into`,
   * in order. Gives how many. What is left out weighs less for certain; no text has been compared letter by letter.
   */
  readonly from: (i: number, least: number, into: Int32Array) => number
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
  /** The most a text is worth that is not the same. */
  readonly unequal: number
  /** The most of two addresses with other numbers in them. */
  readonly otherNumber: number
}

/**
 * Adds the most that a row's pairs with those after it are worth in one comparison to `sums`, by their places. How common its
 * value is lies anywhere in memory, and is looked up only where another row has it too.
 */
type Column = (rows: Int32Array, a: number, many: number, sums: Float64Array) => void

export const reachOf = (
  prior: number,
  singles: readonly Single[],
  names: NameBound | undefined,
  width: number,
): Reach => {
  const columns = singles.filter(({ isPlace }) => !isPlace).map((single) => columnOf(single, width))
  const places = singles.filter(({ isPlace }) => isPlace).map((single) => columnOf(single, width))
  // The only place adds up with the others.
  if (places.length === 1) columns.push(places.pop()!)
  let sums = new Float64Array(1024)
  let [place, strongest] = [new Float64Array(1024), new Float64Array(1024)]
  let [rows, first, size] = [new Int32Array(0), 0, 0]

  return {
    begin: (from, start, end) => {
      ;[rows, first, size] = [from as Int32Array<ArrayBuffer>, start, end - start]
      if (size > sums.length) {
        const room = (): Float64Array<ArrayBuffer> => new Float64Array(size * 2)
        ;[sums, place, strongest] = [room(), room(), room()]
      }
      names?.begin(from, start, end)
    },

    from: (i, least, into) => {
      const [a, many] = [(first + i) * width, size - i - 1]
      sums.fill(prior, 0, many)
      for (const add of columns) add(rows, a, many, sums)
      if (places.length > 0) {
        strongest.fill(0, 0, many)
        for (const add of places) {
          place.fill(0, 0, many)
          add(rows, a, many, place)
          for (let n = 0; n < many; n++) strongest[n] = oneFact(strongest[n]!, place[n]!)
        }
        for (let n = 0; n < many; n++) sums[n]! += strongest[n]!
      }
      let found = 0
      if (names === undefined) {
        for (let n = 0, j = i + 1; n < many; n++, j++) if (sums[n]! >= least) into[found++] = j
      } else for (let n = 0, j = i + 1; n < many; n++, j++) if (names.mayBe(i, j, least - sums[n]!)) into[found++] = j
      return found
    },
  }
}

const columnOf = (single: Single, width: number): Column => {
  switch (single.way) {
    case 'date':
      return dates(single, width)
    case 'postcode':
      return postcodes(single, width)
    case 'signed number':
      return signedNumbers(single, width)
    case 'signed address':
      return signedAddresses(single, width)
    default:
      return others(single, width)
  }
}

const dates =
  ({ slot, step, base, bonus }: Single, width: number): Column =>
  (rows, a, many, sums) => {
    const x = rows[a + slot]!
    let same = NaN
    for (let n = 0, b = a + width; n < many; n++, b += width) {
      const y = rows[b + slot]!
      if (x === y) sums[n]! += isNaN(same) ? (same = step(rows, a, a, dateLevel(x, x))) : same
      else {
        const level = dateLevel(x, y)
        sums[n]! += bonus[level] === 0 ? base[level]! : step(rows, a, b, level)
      }
    }
  }

const postcodes =
  ({ slot, base }: Single, width: number): Column =>
  (rows, a, many, sums) => {
    const x = rows[a + slot]!
    for (let n = 0, at = a + width + slot; n < many; n++, at += width) sums[n]! += base[postcodeLevel(x, rows[at]!)]!
  }

const signedNumbers =
  ({ slot, step, base, unequal }: Single, width: number): Column =>
  (rows, a, many, sums) => {
    const [x, sign] = [rows[a + slot]!, rows[a + slot + 1]!]
    let same = NaN
    const different = base[1]!
    for (let n = 0, at = a + width + slot; n < many; n++, at += width) {
      const y = rows[at]!
      if (x === 0 || y === 0) continue
      if (x === y) sums[n]! += isNaN(same) ? (same = step(rows, a, a, base.length - 1)) : same
      else sums[n]! += mayBeOneEdit(sign, rows[at + 1]!) ? unequal : different
    }
  }

const signedAddresses =
  ({ slot, step, base, unequal, otherNumber }: Single, width: number): Column =>
  (rows, a, many, sums) => {
    const [x, sign] = [rows[a + slot]!, rows[a + slot + 1]!]
    let same = NaN
    for (let n = 0, at = a + width + slot; n < many; n++, at += width) {
      const y = rows[at]!
      if (x === 0 || y === 0) continue
      if (x === y) sums[n]! += isNaN(same) ? (same = step(rows, a, a, base.length - 1)) : same
      else if (numbersDiffer(sign, rows[at + 1]!))
        sums[n]! += mayShareWord(sign, rows[at + 1]!) ? otherNumber : base[1]!
      else sums[n]! += unequal
    }
  }

const others =
  ({ slot, step, base, unequal }: Single, width: number): Column =>
  (rows, a, many, sums) => {
    const x = rows[a + slot]!
    let same = NaN
    for (let n = 0, at = a + width + slot; n < many; n++, at += width) {
      const y = rows[at]!
      if (x === 0 || y === 0) continue
      if (x === y) sums[n]! += isNaN(same) ? (same = step(rows, a, a, base.length - 1)) : same
      else sums[n]! += unequal
    }
  }
