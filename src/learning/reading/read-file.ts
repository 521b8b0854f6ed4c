import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { projectRoot } from '../../platform/index.ts'
import type { Refusal } from './line.ts'
import type { Reading } from './read.ts'

export type Order = { bytes: Uint8Array; name: string }
export type Answer = { reading: Reading } | { refusal: Refusal }

export const most_bytes = 25 * 1024 * 1024
const patience_ms = 15_000
/** What one file may take of memory, in MB: words and objects, and everything together. */
const heap_most = 256
const growth_most = 500

let last: Promise<unknown> = Promise.resolve()

/**
 * Reads a file that may be anything, in a thread of its own with a limit of time and of memory, one file after another.
 * @returns a refusal, never an error, for whatever is wrong with the file
 */
export const readFile = (bytes: Buffer, name: string): Promise<Answer> => {
  if (bytes.length > most_bytes) return Promise.resolve({ refusal: 'too big' })
  const reading = last.then(() => elsewhere({ bytes, name }))
  last = reading.catch(() => {})
  return reading
}

const elsewhere = (order: Order): Promise<Answer> =>
  new Promise((done) => {
    const worker = new Worker(workerFile(), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: heap_most },
      // What a reader warns of is about the file, and belongs in no log.
      stdout: true,
      stderr: true,
    })
    // Unpacked bytes lie outside the heap: only the whole process shows them.
    const before = process.memoryUsage.rss()
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > growth_most * 1024 * 1024) end({ refusal: 'bomb' })
    }, 100)
    const late = setTimeout(() => end({ refusal: 'too slow' }), patience_ms)
    const end = (answer: Answer): void => {
      clearInterval(watch)
      clearTimeout(late)
      done(answer)
      void worker.terminate()
    }
    worker.once('message', (answer: Answer) => end(answer))
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end({ refusal: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'bomb' : 'not a report' }),
    )
    worker.once('exit', () => end({ refusal: 'not a report' }))
  })

/** Beside the built server it is a file of its own; from source Node reads it as it is. */
const workerFile = (): string => {
  const built = path.join(path.dirname(fileURLToPath(import.meta.url)), 'reading-worker.js')
  return fs.existsSync(built) ? built : path.join(projectRoot, 'src/learning/reading/reading-worker.ts')
}
