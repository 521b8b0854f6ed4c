/** Going through pairs of records and counting what their levels look like. */
import type { Blocks } from './blocking.ts'
import type { Comparator } from './compare.ts'
import { dateLevel } from './dates.ts'
import { chance } from './hash.ts'
import { postcodeLevel } from './places.ts'
import { mayBeOneEdit } from './sign.ts'
import type { Table } from './table.ts'

/** How often each vector of levels occurred. Many pairs share few patterns: EM works on these and not on pairs. */
export type Patterns = readonly { readonly levels: readonly number[]; readonly count: number }[]

/** Records of which each is compared with the others of its block. */
export type Walk = Pick<Blocks, 'order' | 'starts'>

/** The patterns of the pairs of a walk, in the order of their levels. A record is no pair with itself. */
export const patternsOf = (
  comparators: readonly Comparator[],
  { cells, width, files, linking }: Table,
  { order, starts }: Walk,
): Patterns => {
  const counts = histogram(comparators.reduce((product, { levels }) => product * levels.length, 1))
  const columns = comparators.map(columnOf)
  let rows = new Int32Array(width * 1024)
  let codes = new Float64Array(1024)
  for (let block = 0; block + 1 < starts.length; block++) {
    const start = starts[block]!
    const size = starts[block + 1]! - start
    if (size > codes.length) [rows, codes] = [new Int32Array(size * width * 2), new Float64Array(size * 2)]
    gather(cells, width, order, start, size, rows)
    for (let i = 0; i + 1 < size; i++) {
      const a = order[start + i]!
      codes.fill(0, i + 1, size)
      // A comparison at a time for all rows that follow: one short loop after the other.
      for (const add of columns) add(rows, width, i, size, codes)
      for (let j = i + 1; j < size; j++) {
        const b = order[start + j]!
        if (a !== b && (!linking || files[a] !== files[b])) counts.add(codes[j]!)
      }
    }
  }
  return counts.all().map(([code, count]) => ({ levels: decode(code, comparators), count }))
}

/** Puts the level of a row with each that follows it, up to `size`, after what `codes` has of their pairs. */
type Column = (rows: Int32Array, width: number, i: number, size: number, codes: Float64Array) => void

/** A loop of its own for each way to compare: one for all would call a function for each pair, and never the same. */
const columnOf = ({ levels: { length: many }, level, quick: { way, slot, unequal } }: Comparator): Column => {
  const top = many - 1
  if (way === 'date')
    return (rows, width, i, size, codes) => {
      const x = rows[i * width + slot]!
      for (let j = i + 1, at = j * width + slot; j < size; j++, at += width)
        codes[j] = codes[j]! * many + dateLevel(x, rows[at]!)
    }
  if (way === 'postcode')
    return (rows, width, i, size, codes) => {
      const x = rows[i * width + slot]!
      for (let j = i + 1, at = j * width + slot; j < size; j++, at += width)
        codes[j] = codes[j]! * many + postcodeLevel(x, rows[at]!)
    }
  if (way === 'number')
    return (rows, width, i, size, codes) => {
      const x = rows[i * width + slot]!
      for (let j = i + 1, at = j * width + slot; j < size; j++, at += width) {
        const y = rows[at]!
        codes[j] = codes[j]! * many + (x === 0 || y === 0 ? 0 : x === y ? top : 1)
      }
    }
  if (way === 'signed number')
    return (rows, width, i, size, codes) => {
      const [x, sign] = [rows[i * width + slot]!, rows[i * width + slot + 1]!]
      for (let j = i + 1, at = j * width + slot; j < size; j++, at += width) {
        const y = rows[at]!
        let level = 1
        if (x === 0 || y === 0) level = 0
        else if (x === y) level = top
        else if (mayBeOneEdit(sign, rows[at + 1]!)) level = unequal(x, y)
        codes[j] = codes[j]! * many + level
      }
    }
  return (rows, width, i, size, codes) => {
    for (let j = i + 1; j < size; j++) codes[j] = codes[j]! * many + level(rows, i * width, j * width)
  }
}

/**
 * Puts the rows of a block beside each other: what goes through its pairs then reads only what the cache holds. Rows lie
 * anywhere in memory, so both ends of many are touched before the first is copied: their waits overlap.
 */
export const gather = (
  cells: Int32Array,
  width: number,
  order: Int32Array,
  start: number,
  size: number,
  into: Int32Array,
): void => {
  for (let from = 0, at = 0; from < size; from += touched) {
    const to = Math.min(size, from + touched)
    for (let i = from; i < to; i++) {
      const row = order[start + i]! * width
      _near ^= cells[row]! ^ cells[row + width - 1]!
    }
    for (let i = from; i < to; i++) {
      const row = order[start + i]! * width
      for (let c = 0; c < width; c++) into[at++] = cells[row + c]!
    }
  }
}
/** So many rows wait in a processor's first cache without driving each other out. */
const touched = 64
/** That what was touched is used keeps it from being left out. */
let _near = 0

/** Up to so many patterns are counted in an array, which is ten times as quick as a map. */
const dense = 1 << 22

const histogram = (patterns: number) => {
  if (patterns > dense) {
    const counts = new Map<number, number>()
    return {
      add: (code: number): void => void counts.set(code, (counts.get(code) ?? 0) + 1),
      all: (): (readonly [number, number])[] => [...counts].sort(([one], [other]) => one - other),
    }
  }
  const counts = new Float64Array(patterns)
  return {
    add: (code: number): void => void counts[code]!++,
    all: (): (readonly [number, number])[] =>
      Array.from(counts.keys())
        .filter((code) => counts[code] !== 0)
        .map((code) => [code, counts[code]!] as const),
  }
}

const decode = (code: number, comparators: readonly Comparator[]): number[] => {
  let rest = code
  return comparators
    .toReversed()
    .map(({ levels }) => {
      const level = rest % levels.length
      rest = (rest - level) / levels.length
      return level
    })
    .reverse()
}

/** So many records are drawn together, and each is compared with all others of the draw: their rows are then at hand. */
const drawn = 256

/** About so many pairs taken at random; all of them when there are no more than that. Of two files, half of each draw is from either. */
export const randomPairs = ({ size, files, linking }: Table, most: number, seed: number): Walk => {
  const all = new Int32Array(size)
  for (let row = 0; row < size; row++) all[row] = row
  if ((size * (size - 1)) / 2 <= most) return { order: all, starts: Int32Array.of(0, size) }
  const draw = chance(seed)
  const parts = linking ? [all.filter((row) => files[row] === 0), all.filter((row) => files[row] === 1)] : [all]
  const each = drawn / parts.length
  const pairs = linking ? each * each : (drawn * (drawn - 1)) / 2
  const draws = Math.ceil(most / pairs)
  const order = new Int32Array(draws * drawn)
  for (let i = 0; i < order.length; i++) {
    const part = parts[Math.floor((i % drawn) / each)]!
    order[i] = part[Math.floor(draw() * part.length)]!
  }
  return { order, starts: Int32Array.from({ length: draws + 1 }, (_, i) => i * drawn) }
}

/** Some of the blocks, chosen by chance so that about so many of their pairs are seen. */
export const blockedPairs = ({ order, starts, pairs }: Blocks, most: number, seed: number): Walk => {
  const draw = chance(seed)
  const share = most / pairs
  if (share >= 1) return { order, starts }
  const kept: number[] = []
  const begins: number[] = [0]
  for (let block = 0; block + 1 < starts.length; block++) {
    if (draw() > share) continue
    for (let i = starts[block]!; i < starts[block + 1]!; i++) kept.push(order[i]!)
    begins.push(kept.length)
  }
  return { order: Int32Array.from(kept), starts: Int32Array.from(begins) }
}
