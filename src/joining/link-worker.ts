/** A thread beside the first one of a run: it reads a table that all threads share, and does its share of each order. */
import { parentPort, workerData } from 'node:worker_threads'
import { openTable } from '../linkage/index.ts'
import { shareOf, type Order } from './link-share.ts'
import type { Shared } from './threads.ts'

const { table: shared, fields, next } = workerData as Shared
const table = openTable(shared)

parentPort!.on('message', (order: Order) => {
  const share = shareOf(order, table, fields, next)
  let step = share.next()
  while (!step.done) step = share.next()
  const found = step.value
  // Handed over and not copied: of ten million records they are hundreds of megabytes.
  const edges = found.work === 'score' ? found.parts.map((part) => part.edges) : []
  const buffers = edges.flatMap(({ a, b, weight }) => [a.buffer, b.buffer, weight.buffer] as ArrayBuffer[])
  parentPort!.postMessage(found, buffers)
})
