/** What one thread does of a run: it takes the next piece of work until none is left, whichever thread it is. */
import {
  blocksOf,
  clusterer,
  inShared,
  rangeScorer,
  samplerOf,
  takeCounts,
  type BlockingRule,
  type Blocks,
  type ClusterPiece,
  type Counts,
  type Edges,
  type Effort,
  type Field,
  type LinkOptions,
  type Model,
  type Sample,
  type Sampled,
  type Table,
  type Tied,
} from '../linkage/index.ts'

/** Each kind of work: what is asked, and what is found of one piece. */
type Works = {
  readonly block: { ask: { readonly rules: readonly BlockingRule[]; readonly most: number }; found: Blocks }
  readonly sample: {
    ask: {
      readonly samples: readonly Sample[]
      readonly seed: number | undefined
      readonly effort: Effort | undefined
    }
    found: Sampled | undefined
  }
  readonly score: {
    ask: {
      readonly model: Model
      readonly rules: readonly Blocks[]
      readonly least: number
      /** How often values occur, as the first thread has counted them. */
      readonly counted: readonly (readonly [number, Counts])[]
      /** Four numbers each: rule, first block, block after the last, pairs. */
      readonly ranges: Int32Array
    }
    found: Edges
  }
  readonly cluster: {
    ask: {
      readonly model: Model
      readonly edges: Edges
      readonly tied: Tied
      /** Where each record's cluster is put, by all threads. */
      readonly of: Int32Array
      readonly options: Pick<LinkOptions, 'floor' | 'notSame'>
    }
    /** How many joins were refused. */
    found: number
  }
}
export type Work = keyof Works
export type Order<W extends Work = Work> = {
  [K in W]: { readonly work: K; readonly pieces: number } & Works[K]['ask']
}[W]
export type Found<W extends Work = Work> = Works[W]['found']
export type Answer<W extends Work = Work> = readonly { readonly i: number; readonly found: Found<W> }[]

/** Stops after each piece, so that whoever runs it can do something else. `next` is the number of the next one, for all threads. */
export function* shareOf<W extends Work>(
  order: Order<W>,
  table: Table,
  fields: readonly Field[],
  next: Int32Array,
): Generator<undefined, Answer<W>, undefined> {
  const piece = (works[order.work] as Doing<W>)(order, table, fields)
  const answer: { i: number; found: Found<W> }[] = []
  for (let i = Atomics.add(next, 0, 1); i < order.pieces; i = Atomics.add(next, 0, 1)) {
    answer.push({ i, found: piece(i) })
    yield
  }
  return answer
}

type Doing<W extends Work> = (order: Order<W>, table: Table, fields: readonly Field[]) => (i: number) => Found<W>

const works: { readonly [W in Work]: Doing<W> } = {
  block:
    ({ rules, most }, table, fields) =>
    (i) => {
      const { rule, pairs, order, starts } = blocksOf(rules[i]!, fields, table, most)
      return { rule, pairs, order: inShared(order), starts: inShared(starts) }
    },

  sample: ({ samples, seed, effort }, table, fields) => {
    const sampled = samplerOf(fields, table, seed, effort)
    return (i) => sampled(samples[i]!)
  },

  score: ({ model, rules, least, counted, ranges }, table) => {
    takeCounts(table, counted)
    const score = rangeScorer(model, table, rules, least)
    return (i) => {
      const [rule, from, to, pairs] = ranges.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number]
      return score({ rule, from, to, pairs })
    }
  },

  cluster: ({ model, edges, tied, of, options }, table) => {
    const piece = clusterer(model, table, edges, tied, of, options)
    return (i) => piece(tied.pieces[i]! satisfies ClusterPiece)
  },
}
