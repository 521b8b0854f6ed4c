/**
 * A run of linkage on several threads. They read one table in shared memory; what there is to do is cut into pieces that do
 * not depend on how many threads there are, each takes the next from a shared counter, and what they found is put together
 * in the order of the pieces. So one thread and sixteen give the same result.
 */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import {
  chosen,
  clustersOf,
  countedBy,
  estimate,
  inShared,
  joined,
  leastToSettle,
  link,
  proposeRules,
  rangesOf,
  settledBy,
  shareTable,
  someOf,
  standsFor,
  usualBudget,
  withoutImplied,
  type BlockingRule,
  type Blocks,
  type Edges,
  type Field,
  type Linked,
  type LinkOptions,
  type Model,
  type Range,
  type SharedTable,
  type Stage,
  type Table,
} from '../linkage/index.ts'
import { shareOf, type Answer, type Order } from './link-share.ts'

export type Shared = { readonly table: SharedTable; readonly fields: readonly Field[]; readonly next: Int32Array }

/** As many as there are processors; beyond sixteen memory is the limit. */
export const usualThreads = (): number => Math.min(16, availableParallelism())

/** Does what `link` does. The table moves into shared memory, where it goes on working. */
export const linkOnThreads = async (
  fields: readonly Field[],
  table: Table,
  threads: number,
  progress: (stage: Stage) => void,
  options: LinkOptions = {},
): Promise<Linked> => {
  if (threads <= 1) return byItself(link(fields, table, options), progress)
  const crew = hire(fields, table, threads - 1)
  try {
    progress({ doing: 'blocking', done: 0 })
    const budget = options.budget ?? usualBudget(table.size)
    const rules = options.model?.blocking ?? options.rules ?? proposeRules(fields)
    const plan = chosen(await crew.block(rules, budget.one), budget)
    progress({ doing: 'learning', done: 0 })
    const blocking = plan.kept.map(({ rule }) => rule)
    const learned = options.model ?? estimate(fields, blocking, table, options.seed, options.effort)
    progress({ doing: 'comparing', done: 0 })
    const some = options.model ? [] : someOf(plan.kept)
    const model =
      options.model ??
      settledBy(
        await crew.score(learned, plan.kept, leastToSettle(learned, options), some, () => {}),
        standsFor(plan.kept, some),
        learned,
        table,
      )
    const show = (done: number): void => progress({ doing: 'comparing', done })
    const least = options.least ?? model.thresholds.look
    const needed = withoutImplied(plan.kept)
    const edges = joined(await crew.score(model, needed, least, rangesOf(needed), show))
    progress({ doing: 'clustering', done: 0 })
    return { model, plan, edges, clusters: clustersOf(model, table, edges, options) }
  } finally {
    await crew.dismiss()
  }
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

/** So many threads beside this one, which works with them: it has learned by then, and one more would have to warm up. */
const hire = (fields: readonly Field[], table: Table, others: number) => {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const workerData: Shared = { table: shareTable(table), fields, next }
  // From source and from the built file alike, the thread's file stands beside this one.
  const file = new URL(import.meta.url.endsWith('.ts') ? './link-worker.ts' : './link-worker.js', import.meta.url)
  const workers = Array.from({ length: others }, () => new Worker(file, { workerData }))
  // One that breaks breaks the run, at whichever moment.
  const broken = new Promise<never>((_, reject) => workers.forEach((worker) => worker.once('error', reject)))
  broken.catch(() => {})

  const own = async (order: Order): Promise<Answer> => {
    const share = shareOf(order, table, fields, next)
    for (let step = share.next(); ; step = share.next()) {
      if (step.done) return step.value
      // What shows how far it is has its turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const together = async <W extends Order['work']>(order: Order & { work: W }): Promise<(Answer & { work: W })[]> => {
    Atomics.store(next, 0, 0)
    const answers = workers.map(async (worker) => {
      const answered = once(worker, 'message')
      worker.postMessage(order)
      return (await answered)[0] as Answer & { work: W }
    })
    return Promise.race([Promise.all([...answers, own(order) as Promise<Answer & { work: W }>]), broken])
  }

  return {
    block: async (rules: readonly BlockingRule[], most: number): Promise<Blocks[]> => {
      const answers = await together({ work: 'block', rules, most })
      const blocks = new Map(answers.flatMap((each) => each.blocks.map((one) => [one.i, one.blocks])))
      return rules.map((_, i) => blocks.get(i)!)
    },

    score: async (
      model: Model,
      rules: readonly Blocks[],
      least: number,
      all: readonly Range[],
      progress: (done: number) => void,
    ): Promise<Edges[]> => {
      const ranges = inShared(Int32Array.from(all.flatMap(({ rule, from, to, pairs }) => [rule, from, to, pairs])))
      const total = all.reduce((sum, { pairs }) => sum + pairs, 0)
      let [at, pairs] = [0, 0]
      const shown = setInterval(() => {
        for (const taken = Math.min(all.length, Atomics.load(next, 0)); at < taken; at++) pairs += all[at]!.pairs
        progress(total === 0 ? 1 : pairs / total)
      }, 200)
      try {
        const answers = await together({ work: 'score', model, rules, least, counted: countedBy(table), ranges })
        const parts = new Map(answers.flatMap((each) => each.parts.map(({ i, edges }) => [i, edges])))
        return all.map((_, i) => parts.get(i) ?? none)
      } finally {
        clearInterval(shown)
      }
    },

    dismiss: () => Promise.all(workers.map((worker) => worker.terminate())),
  }
}

const none: Edges = { a: new Int32Array(0), b: new Int32Array(0), weight: new Float32Array(0) }
