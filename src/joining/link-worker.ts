/** A thread beside the first one of a run: it reads columns, and then does its share of each order about a table that all share. */
import { parentPort, workerData } from 'node:worker_threads'
import { openTable, readPartOf, type Edges, type Field, type Table } from '../linkage/index.ts'
import type { Shared, Told } from './crew.ts'
import { shareOf } from './link-share.ts'
import { readColumns } from './read-columns.ts'

const { next } = workerData as Shared
let open: { readonly table: Table; readonly fields: readonly Field[] }

const answer = async (told: Told): Promise<void> => {
  if ('read' in told) return parentPort!.postMessage(readPartOf(await readColumns(told.read), told.read.part!))
  if ('table' in told) return void (open = { table: openTable(told.table), fields: told.fields })
  const share = shareOf(told.order, open.table, open.fields, next)
  let step = share.next()
  while (!step.done) step = share.next()
  // Handed over and not copied: of ten million records they are hundreds of megabytes.
  const edges = told.order.work === 'score' ? step.value.map(({ found }) => found as Edges) : []
  const buffers = edges.flatMap(({ a, b, weight }) => [a.buffer, b.buffer, weight.buffer] as ArrayBuffer[])
  parentPort!.postMessage(step.value, buffers)
}

// What goes wrong ends the thread, and with it the run.
parentPort!.on('message', (told: Told) => void answer(told))
