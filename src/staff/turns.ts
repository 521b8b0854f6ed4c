import { Busy } from '../platform/index.ts'

/**
 * Lets `atOnce` pieces of work run at the same moment and as many as `waiting` wait for their turn, first come, first
 * served. One more is refused at once rather than kept.
 */
export const takeTurns = (atOnce: number, waiting: number) => {
  const queue: (() => void)[] = []
  let running = 0
  const isFull = (): boolean => running >= atOnce && queue.length >= waiting
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isFull()) throw new Busy()
    // A turn that ends is handed straight to whoever waits longest, so that nobody who has just come slips in between.
    if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
  return { isFull, inTurn }
}
