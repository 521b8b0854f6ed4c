/**
 * Threads beside the first one of a run, which works with them: it has warmed up by then, and one more would have to. They
 * read one table in shared memory; what there is to do is cut into pieces that do not depend on how many threads there are,
 * each takes the next from a shared counter, and what they found is put together in the order of the pieces. So one thread
 * and sixteen give the same result.
 */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { joinParts, shareTable, type Field, type ReadPart, type SharedTable, type Table } from '../linkage/index.ts'
import { shareOf, type Answer, type Found, type Order, type Work } from './link-share.ts'
import { readColumns, sharedOut, type Columns } from './read-columns.ts'

/** What a thread is told: to read columns, with a table as the answer; that all columns are there now; or its share of an order. */
export type Told =
  | { readonly read: Columns }
  | { readonly table: SharedTable; readonly fields: readonly Field[] }
  | { readonly order: Order }
export type Shared = { readonly next: Int32Array }

/** As many as there are processors; beyond sixteen memory is the limit. */
export const usualThreads = (): number => Math.min(16, availableParallelism())

export type Crew = ReturnType<typeof hired>

/** So many threads, this one among them; none beside it, no crew. */
export const hire = (threads: number): Crew | undefined => (threads > 1 ? hired(threads - 1) : undefined)

const hired = (others: number) => {
  const next = new Int32Array(new SharedArrayBuffer(4))
  const workerData: Shared = { next }
  // From source and from the built file alike, the thread's file stands beside this one.
  const file = new URL(import.meta.url.endsWith('.ts') ? './link-worker.ts' : './link-worker.js', import.meta.url)
  const workers = Array.from({ length: others }, () => new Worker(file, { workerData }))
  // One that breaks breaks the run, at whichever moment.
  const broken = new Promise<never>((_, reject) => workers.forEach((worker) => worker.once('error', reject)))
  broken.catch(() => {})

  const tell = (worker: Worker, what: Told): void => worker.postMessage(what)
  const ask = async <T>(worker: Worker, what: Told): Promise<T> => {
    const answered = once(worker, 'message')
    tell(worker, what)
    return (await answered)[0] as T
  }
  let opened: { readonly table: Table; readonly fields: readonly Field[] }
  const own = async <W extends Work>(order: Order<W>): Promise<Answer<W>> => {
    const share = shareOf(order, opened.table, opened.fields, next)
    for (let step = share.next(); ; step = share.next()) {
      if (step.done) return step.value
      // What shows how far it is has its turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  return {
    /** Reads columns as `readColumns` does, each thread some of them. */
    read: async (columns: Columns, ...told: Rest<Parameters<typeof readColumns>>): Promise<Table> => {
      const [own, ...theirs] = sharedOut(columns, workers.length + 1) as [Columns, ...Columns[]]
      const answers = theirs.map((read, i) => ask<ReadPart>(workers[i]!, { read }))
      const read = Promise.all([readColumns(own, ...told), ...answers])
      const [first, ...others] = await Promise.race([read, broken])
      return joinParts(columns.fields, own.part!.cells, first, others)
    },

    /** Everything that follows is about this table. It moves into shared memory, where it goes on working. */
    open: (table: Table, fields: readonly Field[]): void => {
      opened = { table, fields }
      const shared = shareTable(table)
      for (const worker of workers) tell(worker, { table: shared, fields })
    },

    /** Has every piece of an order done by one thread or another; gives what was found by the number of the piece. */
    together: async <W extends Work>(order: Order<W>): Promise<readonly Found<W>[]> => {
      Atomics.store(next, 0, 0)
      const answers = workers.map((worker) => ask<Answer<W>>(worker, { order: order as Order }))
      const all = await Promise.race([Promise.all([...answers, own(order)]), broken])
      const found = new Array<Found<W>>(order.pieces)
      for (const each of all.flat()) found[each.i] = each.found
      return found
    },

    /** How many pieces of an order have been taken by now. */
    taken: (): number => Atomics.load(next, 0),

    dismiss: () => Promise.all(workers.map((worker) => worker.terminate())),
  }
}

type Rest<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Others] ? Others : never
