/**
 * Which pairs of a block can come to a weight at all. A record is held against all that follow it, one comparison after the
 * other: what belongs to the record is read once, and each loop does one thing. Most pairs of a large block end here.
 */
import { dateLevel } from './dates.ts'
import { oneFact } from './household.ts'
import { postcodeLevel } from './places.ts'
import { mayBeOneEdit, mayShareWord, numbersDiffer } from './sign.ts'
import type { Way } from './compare.ts'

/**
 * Of the rows after `i` and before `end`, those whose pair with it may weigh `least`: their places go into `into`, in order.
 * Gives how many. What is left out weighs less for certain; no text has been compared letter by letter.
 */
export type Reach = (rows: Int32Array, i: number, end: number, least: number, into: Int32Array) => number

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

/** Whether two names may be worth so much. */
export type NameReach = (rows: Int32Array, a: number, b: number, needed: number) => boolean

/**
 * The most that a row's pairs with others are worth in one comparison, put into `steps` by their places. How common its value
 * is lies anywhere in memory, and is looked up only where another row has it too.
 */
type Column = (rows: Int32Array, i: number, end: number, steps: Float64Array) => void

export const reachOf = (
  prior: number,
  singles: readonly Single[],
  nameMayBe: NameReach | undefined,
  width: number,
): Reach => {
  const columns = singles.map((single) => ({ isPlace: single.isPlace, fill: columnOf(single, width) }))
  const severalPlaces = singles.filter(({ isPlace }) => isPlace).length > 1
  let sums = new Float64Array(1024)
  let steps = new Float64Array(1024)
  let places = new Float64Array(1024)

  return (rows, i, end, least, into) => {
    if (end > sums.length) {
      const room = (): Float64Array<ArrayBuffer> => new Float64Array(end * 2)
      ;[sums, steps, places] = [room(), room(), room()]
    }
    const from = i + 1
    for (let j = from; j < end; j++) sums[j] = prior
    if (severalPlaces) for (let j = from; j < end; j++) places[j] = 0
    for (const { isPlace, fill } of columns) {
      fill(rows, i, end, steps)
      if (isPlace && severalPlaces)
        for (let j = from; j < end; j++) {
          const both = oneFact(places[j]!, steps[j]!)
          sums[j] = sums[j]! + (both - places[j]!)
          places[j] = both
        }
      else for (let j = from; j < end; j++) sums[j] = sums[j]! + steps[j]!
    }
    let found = 0
    if (nameMayBe === undefined) {
      for (let j = from; j < end; j++) if (sums[j]! >= least) into[found++] = j
    } else
      for (let j = from, a = i * width; j < end; j++)
        if (nameMayBe(rows, a, j * width, least - sums[j]!)) into[found++] = j
    return found
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
  (rows, i, end, steps) => {
    const a = i * width
    const x = rows[a + slot]!
    let same = NaN
    for (let j = i + 1, b = a + width; j < end; j++, b += width) {
      const y = rows[b + slot]!
      if (x === y) steps[j] = isNaN(same) ? (same = step(rows, a, a, dateLevel(x, x))) : same
      else {
        const level = dateLevel(x, y)
        steps[j] = bonus[level] === 0 ? base[level]! : step(rows, a, b, level)
      }
    }
  }

const postcodes =
  ({ slot, base }: Single, width: number): Column =>
  (rows, i, end, steps) => {
    const x = rows[i * width + slot]!
    for (let j = i + 1, at = j * width + slot; j < end; j++, at += width) steps[j] = base[postcodeLevel(x, rows[at]!)]!
  }

const signedNumbers =
  ({ slot, step, base, unequal }: Single, width: number): Column =>
  (rows, i, end, steps) => {
    const a = i * width
    const [x, sign] = [rows[a + slot]!, rows[a + slot + 1]!]
    let same = NaN
    const different = base[1]!
    for (let j = i + 1, at = j * width + slot; j < end; j++, at += width) {
      const y = rows[at]!
      if (x === 0 || y === 0) steps[j] = 0
      else if (x === y) steps[j] = isNaN(same) ? (same = step(rows, a, a, base.length - 1)) : same
      else steps[j] = mayBeOneEdit(sign, rows[at + 1]!) ? unequal : different
    }
  }

const signedAddresses =
  ({ slot, step, base, unequal, otherNumber }: Single, width: number): Column =>
  (rows, i, end, steps) => {
    const a = i * width
    const [x, sign] = [rows[a + slot]!, rows[a + slot + 1]!]
    let same = NaN
    for (let j = i + 1, at = j * width + slot; j < end; j++, at += width) {
      const y = rows[at]!
      if (x === 0 || y === 0) steps[j] = 0
      else if (x === y) steps[j] = isNaN(same) ? (same = step(rows, a, a, base.length - 1)) : same
      else if (numbersDiffer(sign, rows[at + 1]!)) steps[j] = mayShareWord(sign, rows[at + 1]!) ? otherNumber : base[1]!
      else steps[j] = unequal
    }
  }

const others =
  ({ slot, step, base, unequal }: Single, width: number): Column =>
  (rows, i, end, steps) => {
    const a = i * width
    const x = rows[a + slot]!
    let same = NaN
    for (let j = i + 1, at = j * width + slot; j < end; j++, at += width) {
      const y = rows[at]!
      if (x === 0 || y === 0) steps[j] = 0
      else if (x === y) steps[j] = isNaN(same) ? (same = step(rows, a, a, base.length - 1)) : same
      else steps[j] = unequal
    }
  }
