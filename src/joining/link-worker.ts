/** One thread of a run: it reads a table that all threads share, and takes the next piece of work until none is left. */
import { parentPort, workerData } from 'node:worker_threads'
import { blocksOf, inShared, openTable, rangeScorer, takeCounts, type Edges } from '../linkage/index.ts'
import type { Answer, Order, Shared } from './threads.ts'

const { table: shared, fields, next } = workerData as Shared
const table = openTable(shared)

/** The number of the next piece of work, handed out once. */
const take = (): number => Atomics.add(next, 0, 1)

const answer = (order: Order): Answer => {
  switch (order.work) {
    case 'block': {
      const blocks = []
      for (let i = take(); i < order.rules.length; i = take()) {
        const { rule, pairs, order: rows, starts } = blocksOf(order.rules[i]!, fields, table, order.most)
        blocks.push({ i, blocks: { rule, pairs, order: inShared(rows), starts: inShared(starts) } })
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
      }
      return { work: 'score', parts }
    }
  }
}

parentPort!.on('message', (order: Order) => {
  const found = answer(order)
  // Handed over and not copied: of ten million records they are hundreds of megabytes.
  const edges = found.work === 'score' ? found.parts.map((part) => part.edges) : []
  const buffers = edges.flatMap(({ a, b, weight }) => [a.buffer, b.buffer, weight.buffer] as ArrayBuffer[])
  parentPort!.postMessage(found, buffers)
})
