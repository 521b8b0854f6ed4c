/** A thread of its own for a file that somebody sent: what it costs to read it, it costs here. Gets bytes, answers, ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { Unreadable } from './line.ts'
import { linesOf } from './lines-of.ts'
import { read } from './read.ts'
import type { Answer, Order } from './read-file.ts'

const { bytes, name } = workerData as Order
const answer = async (): Promise<Answer> => {
  try {
    return { reading: read(await linesOf(Buffer.from(bytes), name), name) }
  } catch (error) {
    if (error instanceof Unreadable) return { refusal: error.why }
    throw error
  }
}
parentPort!.postMessage(await answer())
