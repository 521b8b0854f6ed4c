import { createHmac } from 'node:crypto'
import { dataKeyOf, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'

/** The two keys of a round: what was said is sealed with the one, and people are told apart by the other. */
export const wordsKey = (round: string) => ({ kind: 'front line round', id: round }) as const
export const marksKey = (round: string) => ({ kind: 'front line marks', id: round }) as const

/**
 * What tells two people apart within one round and one matter, and nothing else: the same person has another mark
 * elsewhere. Whoever holds the round's key could make somebody's mark again and see whether it is there, so the key is
 * destroyed when the round closes.
 */
export const markOf = async (
  tx: Tx,
  keys: Keys,
  { partnership, staff }: StaffViewer,
  round: string,
  matter: string,
): Promise<Buffer> => {
  const key = await dataKeyOf(tx, keys, partnership, marksKey(round))
  return createHmac('sha256', key.secret)
    .update(JSON.stringify([matter, staff]))
    .digest()
    .subarray(0, 16)
}
