/** Going through pairs of records and counting what their levels look like. */
import type { Blocks } from './blocking.ts'
import type { Comparator } from './compare.ts'
import { chance } from './hash.ts'
import type { Table } from './table.ts'

/** How often each vector of levels occurred. Many pairs share few patterns: EM works on these and not on pairs. */
export type Patterns = readonly { readonly levels: readonly number[]; readonly count: number }[]

type Visit = (a: number, b: number) => void

/** The patterns of the pairs that a walk visits. Rows are given as places in `cells`. */
export const patternsOf = (
  comparators: readonly Comparator[],
  table: Table,
  walk: (visit: Visit) => void,
): Patterns => {
  const counts = new Map<number, number>()
  const { cells } = table
  walk((a, b) => {
    let code = 0
    for (const { levels, level } of comparators) code = code * levels.length + level(cells, a, b)
    counts.set(code, (counts.get(code) ?? 0) + 1)
  })
  return [...counts].map(([code, count]) => ({ levels: decode(code, comparators), count }))
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

/** Visits about so many pairs taken at random; all of them when there are no more than that. */
export const randomPairs =
  (table: Table, most: number, seed: number) =>
  (visit: Visit): void => {
    const { size, width, files, linking } = table
    const draw = chance(seed)
    const row = (): number => Math.floor(draw() * size)
    if ((size * (size - 1)) / 2 <= most) {
      for (let a = 0; a < size; a++)
        for (let b = a + 1; b < size; b++) if (!linking || files[a] !== files[b]) visit(a * width, b * width)
      return
    }
    for (let i = 0; i < most; i++) {
      const [a, b] = [row(), row()]
      if (a !== b && (!linking || files[a] !== files[b])) visit(a * width, b * width)
    }
  }

/** Visits the pairs of some blocks, chosen by chance so that about so many pairs are seen. */
export const blockedPairs =
  ({ order, starts, pairs }: Blocks, table: Table, most: number, seed: number) =>
  (visit: Visit): void => {
    const { width, files, linking } = table
    const draw = chance(seed)
    const share = most / pairs
    for (let block = 0; block + 1 < starts.length; block++) {
      const [start, end] = [starts[block]!, starts[block + 1]!]
      if (end - start < 2 || (share < 1 && draw() > share)) continue
      for (let i = start; i < end; i++)
        for (let j = i + 1; j < end; j++) {
          const [a, b] = [order[i]!, order[j]!]
          if (!linking || files[a] !== files[b]) visit(a * width, b * width)
        }
    }
  }
