/** A run of linkage on several threads, which give the same result as one: see `crew`. */
import {
  byThemselves,
  chosen,
  countedBy,
  estimation,
  inShared,
  joined,
  leastToSettle,
  link,
  proposeRules,
  rangesOf,
  settledBy,
  someOf,
  standsFor,
  tiedBy,
  usualBudget,
  withoutImplied,
  type Blocks,
  type Clustering,
  type Edges,
  type Field,
  type Linked,
  type LinkOptions,
  type Model,
  type Range,
  type Stage,
  type Table,
} from '../linkage/index.ts'
import { hire, type Crew } from './crew.ts'

/** Does what `link` does. The table moves into shared memory, where it goes on working. */
export const linkOnThreads = async (
  fields: readonly Field[],
  table: Table,
  threads: number,
  progress: (stage: Stage) => void,
  options: LinkOptions = {},
): Promise<Linked> => {
  const crew = hire(threads)
  try {
    return await linkWith(crew, fields, table, progress, options)
  } finally {
    await crew?.dismiss()
  }
}

/** The same with threads that are there already. */
export const linkWith = async (
  crew: Crew | undefined,
  fields: readonly Field[],
  table: Table,
  progress: (stage: Stage) => void,
  options: LinkOptions = {},
): Promise<Linked> => {
  if (crew === undefined) return byItself(link(fields, table, options), progress)
  crew.open(table, fields)
  progress({ doing: 'blocking', done: 0 })
  const budget = options.budget ?? usualBudget(table.size)
  const rules = options.model?.blocking ?? options.rules ?? proposeRules(fields)
  const counted = await crew.together({ work: 'block', pieces: rules.length, rules, most: budget.one })
  const plan = chosen(counted, budget)
  progress({ doing: 'learning', done: 0 })
  const { kept } = plan
  const learned = options.model ?? (await learn(crew, fields, kept, table, options))
  const model = options.model ?? (await settled(crew, learned, kept, table, options))
  progress({ doing: 'comparing', done: 0 })
  const show = (done: number): void => progress({ doing: 'comparing', done })
  const needed = withoutImplied(kept)
  const least = options.least ?? model.thresholds.look
  const edges = joined(await score(crew, model, needed, table, least, rangesOf(needed), show))
  progress({ doing: 'clustering', done: 0 })
  return { model, plan, edges, clusters: await clusters(crew, model, table, edges, options) }
}

/** In this thread alone. */
const byItself = (run: ReturnType<typeof link>, progress: (stage: Stage) => void): Linked => {
  let step = run.next()
  while (!step.done) {
    progress(step.value)
    step = run.next()
  }
  return step.value
}

const learn = async (
  crew: Crew,
  fields: readonly Field[],
  kept: readonly Blocks[],
  table: Table,
  { seed, effort }: LinkOptions,
): Promise<Model> => {
  const blocking = kept.map(({ rule }) => rule)
  const run = estimation(fields, blocking, table, seed)
  let step = run.next()
  while (!step.done) {
    const samples = step.value
    step = run.next(await crew.together({ work: 'sample', pieces: samples.length, samples, seed, effort }))
  }
  return step.value
}

const settled = async (
  crew: Crew,
  learned: Model,
  kept: readonly Blocks[],
  table: Table,
  options: LinkOptions,
): Promise<Model> => {
  const some = someOf(kept)
  const parts = await score(crew, learned, kept, table, leastToSettle(learned, options), some)
  return settledBy(parts, standsFor(kept, some), learned, table)
}

const score = async (
  crew: Crew,
  model: Model,
  rules: readonly Blocks[],
  table: Table,
  least: number,
  all: readonly Range[],
  progress: (done: number) => void = () => {},
): Promise<readonly Edges[]> => {
  const ranges = inShared(Int32Array.from(all.flatMap(({ rule, from, to, pairs }) => [rule, from, to, pairs])))
  const total = all.reduce((sum, { pairs }) => sum + pairs, 0)
  let [at, pairs] = [0, 0]
  const shown = setInterval(() => {
    for (const taken = Math.min(all.length, crew.taken()); at < taken; at++) pairs += all[at]!.pairs
    progress(total === 0 ? 1 : pairs / total)
  }, 200)
  try {
    const counted = countedBy(table)
    return await crew.together({ work: 'score', pieces: all.length, model, rules, least, counted, ranges })
  } finally {
    clearInterval(shown)
  }
}

const clusters = async (
  crew: Crew,
  model: Model,
  table: Table,
  edges: Edges,
  { same, notSame, floor }: LinkOptions,
): Promise<Clustering> => {
  const tied = tiedBy(table.size, edges, model.thresholds.link, same)
  const of = byThemselves(table.size)
  const options = { ...(floor !== undefined && { floor }), ...(notSame && { notSame }) }
  const refused = await crew.together({ work: 'cluster', pieces: tied.pieces.length, model, edges, tied, of, options })
  return { of, refused: refused.reduce((sum, each) => sum + each, 0) }
}
