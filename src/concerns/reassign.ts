import { hasRole, inTransaction, NotFound, type Db, type StaffViewer, type Tx, type Viewer } from '../platform/index.ts'
import { frontDoor } from './front-door.ts'
import { hand } from './release.ts'

export const reasons = ['left', 'away', 'agency closed', 'shared out'] as const
export type Reason = (typeof reasons)[number]

/** Whoever shares out the work of others: a manager at the front door. @throws {NotFound} */
export const manager = (viewer: Viewer): StaffViewer => {
  const worker = frontDoor(viewer)
  if (!hasRole(worker, 'manager')) throw new NotFound()
  return worker
}

/**
 * Hands somebody's concerns to a colleague, all in one go. One that they do not have any more stays where it is now.
 * @param to an account at the front door; the caller has looked it up
 */
export const reassign = (
  db: Db | Tx,
  viewer: Viewer,
  input: { from: string; to: string; concerns: readonly string[]; why: Reason; at: Date },
): Promise<{ moved: number; elsewhere: number }> =>
  inTransaction(db, async (tx) => {
    const worker = manager(viewer)
    let moved = 0
    // In one order whoever hands on, so that two who do it at the same moment take turns.
    for (const id of [...new Set(input.concerns)].sort()) {
      const outcome = await hand(tx, worker, id, { to: input.to, seen: input.from, at: input.at, why: input.why })
      if (outcome === 'handed') moved++
    }
    return { moved, elsewhere: new Set(input.concerns).size - moved }
  })
