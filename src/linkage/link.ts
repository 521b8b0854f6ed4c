/** The whole of a run: rules chosen by cost, parameters estimated, pairs scored, clusters made. */
import { cluster, type Clustering, type ClusterRules } from './cluster.ts'
import { estimate, pairsOf, type Effort } from './estimate.ts'
import type { Field, Model } from './model.ts'
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
  const rules = options.model?.blocking ?? proposeRules(fields)
  const plan = planBlocking(rules, fields, table, options.budget ?? usualBudget(table.size))
  yield { doing: 'learning', done: 0 }
  const blocking = plan.kept.map(({ rule }) => rule)
  const learned = options.model ?? estimate(fields, blocking, table, options.seed, options.effort)
  // Low enough that the settled prior still finds its pairs here.
  const least = options.least ?? learned.thresholds.look
  const all = plan.kept.reduce((sum, { pairs }) => sum + pairs, 0)
  const run = relink(learned, table, plan.kept, least - (options.model ? 0 : 2))
  let step = run.next()
  while (!step.done) {
    yield { doing: 'comparing', done: all === 0 ? 1 : step.value.pairs / all }
    step = run.next()
  }
  const { model, edges } = options.model
    ? { model: learned, edges: step.value }
    : settled(learned, step.value, table, least)
  yield { doing: 'clustering', done: 0 }
  const { weight } = scorerOf(model, table)
  const clusters = cluster(table.size, edges, {
    link: model.thresholds.link,
    floor: options.floor ?? 0,
    weight: (a, b) => weight(table.cells, a * table.width, b * table.width, -Infinity),
    ...(options.same && { same: options.same }),
    ...(options.notSame && { notSame: options.notSame }),
  })
  return { model, plan, edges, clusters }
}

/** The model with the prior that its own findings bear out, and the pairs weighed again by it. */
const settled = (model: Model, edges: Edges, table: Table, least: number): { model: Model; edges: Edges } => {
  const shift = settlePrior(edges, model.prior, pairsOf(table))
  const better = { ...model, prior: model.prior + shift }
  const { weight } = scorerOf(better, table)
  const again = Float32Array.from(edges.weight, (_, e) =>
    weight(table.cells, edges.a[e]! * table.width, edges.b[e]! * table.width, -Infinity),
  )
  const kept = Int32Array.from(again.keys()).filter((e) => again[e]! >= least)
  return {
    model: better,
    edges: {
      a: kept.map((e) => edges.a[e]!),
      b: kept.map((e) => edges.b[e]!),
      weight: Float32Array.from(kept, (e) => again[e]!),
    },
  }
}
