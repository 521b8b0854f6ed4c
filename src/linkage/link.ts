/** The whole of a run: rules chosen by cost, parameters estimated, pairs scored, clusters made. */
import { cluster, type Clustering, type ClusterRules } from './cluster.ts'
import { estimate, pairsOf, type Effort } from './estimate.ts'
import type { BlockingRule, Field, Model } from './model.ts'
import { relink, settlePrior, type Edges } from './relink.ts'
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
  const least = options.least ?? learned.thresholds.look
  const all = plan.kept.reduce((sum, { pairs }) => sum + pairs, 0)
  const run = relink(learned, table, plan.kept, leastScored(least, options.model))
  let step = run.next()
  while (!step.done) {
    yield { doing: 'comparing', done: all === 0 ? 1 : step.value.pairs / all }
    step = run.next()
  }
  const model = options.model ?? settledBy(step.value, learned, table)
  const edges = options.model ? step.value : keepFrom(least, step.value, weighed(model, table, step.value))
  yield { doing: 'clustering', done: 0 }
  return { model, plan, edges, clusters: clustersOf(model, table, edges, options) }
}

/** Low enough that a prior which is still to be settled finds its pairs. */
export const leastScored = (least: number, given: Model | undefined): number => least - (given === undefined ? 2 : 0)

/** The model with the prior that its own findings bear out. */
export const settledBy = (edges: Edges, model: Model, table: Table): Model => ({
  ...model,
  prior: model.prior + settlePrior(edges, model.prior, pairsOf(table)),
})

/** The weights of pairs by a model. */
const weighed = (model: Model, table: Table, { a, b }: Edges): Float32Array => {
  const { weight } = scorerOf(model, table)
  return Float32Array.from(a, (one, e) => weight(table.cells, one * table.width, b[e]! * table.width, -Infinity))
}

/** The pairs that weigh enough by other weights, in the arrays of those given: there may be no room for both. */
export const keepFrom = (least: number, { a, b, weight }: Edges, other: Float32Array): Edges => {
  let kept = 0
  for (let e = 0; e < other.length; e++) {
    if (other[e]! < least) continue
    a[kept] = a[e]!
    b[kept] = b[e]!
    weight[kept++] = other[e]!
  }
  return { a: a.subarray(0, kept), b: b.subarray(0, kept), weight: weight.subarray(0, kept) }
}

export const clustersOf = (model: Model, table: Table, edges: Edges, options: LinkOptions): Clustering => {
  const { weight } = scorerOf(model, table)
  return cluster(table.size, edges, {
    link: model.thresholds.link,
    floor: options.floor ?? 0,
    weight: (a, b) => weight(table.cells, a * table.width, b * table.width, -Infinity),
    ...(options.same && { same: options.same }),
    ...(options.notSame && { notSame: options.notSame }),
  })
}
