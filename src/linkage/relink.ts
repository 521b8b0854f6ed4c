/** Comparing all blocked pairs of a table: memory goes with the records and with what is kept, not with the pairs. */
import type { Blocks } from './blocking.ts'
import type { Model } from './model.ts'
import { scorerOf } from './score.ts'
import type { Table } from './table.ts'

/** Pairs of records, and the weight of each. */
export type Edges = { readonly a: Int32Array; readonly b: Int32Array; readonly weight: Float32Array }

export type Progress = { readonly rule: number; readonly of: number; readonly pairs: number; readonly kept: number }

/**
 * Scores the pairs of all blocks and gives back those of at least `least`, each once. Yields after every rule and every
 * few million pairs, so that the caller can say how far it is, or stop.
 */
export function* relink(
  model: Model,
  table: Table,
  rules: readonly Blocks[],
  least: number,
): Generator<Progress, Edges, undefined> {
  const { weight } = scorerOf(model, table)
  const { cells, width, files, linking } = table
  const edges = edgeList()
  let pairs = 0
  let gathered = new Int32Array(width * 1024)
  for (const [r, { order, starts }] of rules.entries()) {
    let shown = pairs
    for (let block = 0; block + 1 < starts.length; block++) {
      const [start, size] = [starts[block]!, starts[block + 1]! - starts[block]!]
      if (size < 2) continue
      // The rows of a block beside each other: the double loop then reads only what the cache holds.
      if (size * width > gathered.length) gathered = new Int32Array(size * width * 2)
      for (let i = 0; i < size; i++) {
        const from = order[start + i]! * width
        for (let c = 0; c < width; c++) gathered[i * width + c] = cells[from + c]!
      }
      for (let i = 0; i < size; i++) {
        const a = order[start + i]!
        for (let j = i + 1; j < size; j++) {
          const b = order[start + j]!
          if (linking && files[a] === files[b]) continue
          pairs++
          const found = weight(gathered, i * width, j * width, least)
          // Few pairs come this far, so asking whether an earlier rule made the pair is cheap here and dear before.
          if (found >= least && !madeBefore(rules, r, a, b)) edges.add(a, b, found)
        }
      }
      if (pairs - shown > 4e6) {
        shown = pairs
        yield { rule: r, of: rules.length, pairs, kept: edges.size() }
      }
    }
    yield { rule: r + 1, of: rules.length, pairs, kept: edges.size() }
  }
  return edges.list()
}

const madeBefore = (rules: readonly Blocks[], before: number, a: number, b: number): boolean => {
  for (let r = 0; r < before; r++) {
    const { keys } = rules[r]!
    if (keys[a] !== 0 && keys[a] === keys[b]) return true
  }
  return false
}

const edgeList = () => {
  let a = new Int32Array(1024)
  let b = new Int32Array(1024)
  let weight = new Float32Array(1024)
  let size = 0
  const room = (): void => {
    const [a2, b2, w2] = [new Int32Array(size * 2), new Int32Array(size * 2), new Float32Array(size * 2)]
    a2.set(a)
    b2.set(b)
    w2.set(weight)
    ;[a, b, weight] = [a2, b2, w2]
  }
  return {
    add: (one: number, other: number, found: number): void => {
      if (size === a.length) room()
      a[size] = Math.min(one, other)
      b[size] = Math.max(one, other)
      weight[size++] = found
    },
    size: () => size,
    list: (): Edges => ({ a: a.subarray(0, size), b: b.subarray(0, size), weight: weight.subarray(0, size) }),
  }
}

/**
 * The prior that agrees with what it finds: the expected number of matches over all pairs. Training blocks only guess at
 * it; the scored pairs know better. Gives the shift to add to the model's prior.
 */
export const settlePrior = ({ weight }: Edges, prior: number, pairs: number): number => {
  let shift = 0
  for (let round = 0; round < 100; round++) {
    let matches = 0
    for (const each of weight) matches += 1 / (1 + 2 ** -(each + shift))
    const share = Math.min(0.5, Math.max(1, matches) / pairs)
    const next = Math.log2(share / (1 - share)) - prior
    const moved = Math.abs(next - shift)
    // Two bits either way at most: where the independence of comparisons fails, the fixed point wanders.
    shift = Math.max(-2, Math.min(2, next))
    if (moved < 1e-3) break
  }
  return shift
}
