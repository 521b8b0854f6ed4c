/** What one thread does of a run: it takes the next piece of work until none is left, whichever thread it is. */
import {
  blocksOf,
  inShared,
  rangeScorer,
  takeCounts,
  type BlockingRule,
  type Blocks,
  type Counts,
  type Edges,
  type Field,
  type Model,
  type Table,
} from '../linkage/index.ts'

export type Order =
  | { readonly work: 'block'; readonly rules: readonly BlockingRule[]; readonly most: number }
  | {
      readonly work: 'score'
      readonly model: Model
      readonly rules: readonly Blocks[]
      readonly least: number
      /** How often values occur, as the first thread has counted them. */
      readonly counted: readonly (readonly [number, Counts])[]
      /** Four numbers each: rule, first block, block after the last, pairs. */
      readonly ranges: Int32Array
    }

export type Answer =
  | { readonly work: 'block'; readonly blocks: readonly { readonly i: number; readonly blocks: Blocks }[] }
  | { readonly work: 'score'; readonly parts: readonly { readonly i: number; readonly edges: Edges }[] }

/** Stops after each piece, so that whoever runs it can do something else. `next` is the number of the next one, for all threads. */
export function* shareOf(
  order: Order,
  table: Table,
  fields: readonly Field[],
  next: Int32Array,
): Generator<undefined, Answer, undefined> {
  const take = (): number => Atomics.add(next, 0, 1)
  switch (order.work) {
    case 'block': {
      const blocks: { i: number; blocks: Blocks }[] = []
      for (let i = take(); i < order.rules.length; i = take()) {
        const { rule, pairs, order: rows, starts } = blocksOf(order.rules[i]!, fields, table, order.most)
        blocks.push({ i, blocks: { rule, pairs, order: inShared(rows), starts: inShared(starts) } })
        yield
      }
      return { work: 'block', blocks }
    }
    case 'score': {
      const { model, rules, least, counted, ranges } = order
      takeCounts(table, counted)
      const score = rangeScorer(model, table, rules, least)
      const parts: { i: number; edges: Edges }[] = []
      for (let i = take(); i * 4 < ranges.length; i = take()) {
        const [rule, from, to, pairs] = [ranges[i * 4]!, ranges[i * 4 + 1]!, ranges[i * 4 + 2]!, ranges[i * 4 + 3]!]
        const edges = score({ rule, from, to, pairs })
        if (edges.a.length > 0) parts.push({ i, edges })
        yield
      }
      return { work: 'score', parts }
    }
  }
}
