import { inTransaction, record, type Db, type StaffViewer, type Tx, type Viewer } from '../platform/index.ts'
import { stopClocks } from './clock.ts'
import { concernFor, frontDoor } from './front-door.ts'
import { firstLookClocks, hold } from './take.ts'

/** Gives a concern back to the queue. Only whoever has it may, or a manager. */
export const release = (db: Db | Tx, viewer: Viewer, id: string, at: Date): Promise<'released' | 'not yours'> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    await concernFor(tx, worker, id)
    if (!(await letGo(tx, worker, id, at))) return 'not yours'
    await record(tx, worker, 'concern given back', { kind: 'concern', id })
    return 'released'
  })

/**
 * Hands a concern to a colleague. Whoever has it may, or a manager; one that nobody has may be given out by anyone.
 * @param to an account at the front door; the caller has looked it up
 * @param seen who had it when the giver looked, or null for nobody
 * @param why one of a few words, where the giver was asked for one
 */
export const hand = (
  db: Db | Tx,
  viewer: Viewer,
  id: string,
  { to, seen, at, why }: { to: string; seen: string | null; at: Date; why?: string },
): Promise<'handed' | 'not yours'> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    if (seen && !(await letGo(tx, worker, id, at, seen))) return 'not yours'
    if (!(await hold(tx, worker, concern, to, at, why))) return 'not yours'
    await stopClocks(tx, worker, id, firstLookClocks, at)
    await record(tx, worker, 'concern handed on', { kind: 'concern', id }, { to, ...(why && { why }) })
    return 'handed'
  })

/** @param from ends only that person's hold: between the look and the press somebody else may have taken it */
const letGo = async (tx: Tx, worker: StaffViewer, id: string, at: Date, from?: string): Promise<boolean> => {
  let held = tx
    .updateTable('holding')
    .set({ to_at: at })
    .where('partnership_id', '=', worker.partnership)
    .where('concern_id', '=', id)
    .where('to_at', 'is', null)
  if (from) held = held.where('staff_id', '=', from)
  if (!worker.roles.includes('manager')) held = held.where('staff_id', '=', worker.staff)
  return (await held.executeTakeFirst()).numUpdatedRows === 1n
}
