import { asViewer, record, Refused } from '../platform/index.ts'
import type { Ask } from './ask.ts'

/**
 * Writes down a refusal that is to be counted, in a transaction of its own: the one that refused is undone.
 * @returns what the asker is to be told of: the refusal, or that it could not be written down
 */
export const keepRefusal = async ({ house, viewer, place }: Ask, error: unknown): Promise<unknown> => {
  if (!(error instanceof Refused)) return error
  const { kind, detail } = error
  const about = { kind: 'partnership', id: place.id }
  const clock = { now: house.now(), zone: place.zone }
  return asViewer(house.db, viewer, (tx) => record(tx, viewer, kind, about, detail), clock).then(
    () => error,
    (worse: unknown) => worse,
  )
}
