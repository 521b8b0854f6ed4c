/** The whole of a run: rules chosen by cost, parameters estimated, pairs scored, clusters made. */
import type { Blocks } from './blocking.ts'
import { cluster, pieceClusterer, type Clustering, type ClusterPiece, type ClusterRules, type Tied } from './cluster.ts'
import { estimate, pairsOf, type Effort } from './estimate.ts'
import type { BlockingRule, Field, Model } from './model.ts'
import { rangeScorer, relink, settlePrior, someOf, standsFor, withoutImplied, type Edges } from './relink.ts'
import { planBlocking, proposeRules, usualBudget, type Budget, type Plan } from './rules.ts'
import { scorerOf } from './score.ts'
import type { Table } from './table.ts'

export type Linked = {
  readonly model: Model
  readonly plan: Plan
  readonly edges: Edges
  readonly clusters: Clustering
}

export type LinkOptions = {
  /** A model to use as it is; without one it is estimated from the table. */
  readonly model?: Model
  readonly seed?: number
  readonly effort?: Effort
  readonly budget?: Budget
  /** Blocking rules to weigh instead of those proposed. */
  readonly rules?: readonly BlockingRule[]
  /** Pairs from this weight on are given back. */
  readonly least?: number
  /** The mean weight across two groups from which they are joined. */
  readonly floor?: number
} & Pick<ClusterRules, 'same' | 'notSame'>

/** Where a run is, in a word and a share from 0 to 1. */
export type Stage = { readonly doing: 'blocking' | 'learning' | 'comparing' | 'clustering'; readonly done: number }

/**
 * Links the records of a table. A generator, so that whoever runs it can show how far it is between two steps; its
 * return value is the result. The same table, model and seed give the same result.
 */
export function* link(
  fields: readonly Field[],
  table: Table,
  options: LinkOptions = {},
): Generator<Stage, Linked, undefined> {
  yield { doing: 'blocking', done: 0 }
  const rules = options.model?.blocking ?? options.rules ?? proposeRules(fields)
  const plan = planBlocking(rules, fields, table, options.budget ?? usualBudget(table.size))
  yield { doing: 'learning', done: 0 }
  const blocking = plan.kept.map(({ rule }) => rule)
  const learned = options.model ?? estimate(fields, blocking, table, options.seed, options.effort)
  const model = options.model ?? settled(learned, table, plan.kept, options)
  const needed = withoutImplied(plan.kept)
  const all = needed.reduce((sum, { pairs }) => sum + pairs, 0)
  const run = relink(model, table, needed, options.least ?? model.thresholds.look)
  let step = run.next()
  while (!step.done) {
    yield { doing: 'comparing', done: all === 0 ? 1 : step.value.pairs / all }
    step = run.next()
  }
  const edges = step.value
  yield { doing: 'clustering', done: 0 }
  return { model, plan, edges, clusters: clustersOf(model, table, edges, options) }
}

const settled = (learned: Model, table: Table, rules: readonly Blocks[], options: LinkOptions): Model => {
  const some = someOf(rules)
  const score = rangeScorer(learned, table, rules, leastToSettle(learned, options))
  return settledBy(some.map(score), standsFor(rules, some), learned, table)
}

/** Low enough that a prior which is still to be settled finds its pairs. */
export const leastToSettle = ({ thresholds }: Model, { least }: LinkOptions): number => (least ?? thresholds.look) - 2

/** The model with the prior that some of its findings bear out, each of which stands for so many. */
export const settledBy = (parts: readonly Edges[], each: readonly number[], model: Model, table: Table): Model => ({
  ...model,
  prior: model.prior + settlePrior(parts, each, model.prior, pairsOf(table)),
})

export const clustersOf = (model: Model, table: Table, edges: Edges, options: LinkOptions): Clustering =>
  cluster(table.size, edges, {
    link: model.thresholds.link,
    ...clusterRules(model, table, options),
    ...(options.same && { same: options.same }),
  })

const clusterRules = (model: Model, table: Table, options: Pick<LinkOptions, 'floor' | 'notSame'>) => {
  const { weight } = scorerOf(model, table)
  return {
    floor: options.floor ?? 0,
    weight: (a: number, b: number): number => weight(table.cells, a * table.width, b * table.width, -Infinity),
    ...(options.notSame && { notSame: options.notSame }),
  }
}

/** What makes the clusters of pieces: see `pieceClusterer`. */
export const clusterer = (
  model: Model,
  table: Table,
  edges: Edges,
  tied: Tied,
  of: Int32Array,
  options: Pick<LinkOptions, 'floor' | 'notSame'>,
): ((piece: ClusterPiece) => number) => pieceClusterer(edges, tied, of, clusterRules(model, table, options))
