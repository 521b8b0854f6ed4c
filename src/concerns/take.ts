import { inTransaction, newId, record, type Db, type StaffViewer, type Tx, type Viewer } from '../platform/index.ts'
import { stopClocks } from './clock.ts'
import { concernFor, frontDoor, within } from './front-door.ts'

export const firstLookClocks = ['first-look-red', 'first-look-amber', 'first-look-green', 'first-look-blue'] as const

export type Taken = { outcome: 'taken' } | { outcome: 'held'; by: string }

/** Takes a concern, so that colleagues see who has it. Of two people at once one has it and the other is told who. */
export const take = (db: Db | Tx, viewer: Viewer, id: string, at: Date): Promise<Taken> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    if (!(await hold(tx, worker, concern, worker.staff, at)))
      return { outcome: 'held', by: await holderOf(tx, worker, id) }
    await stopClocks(tx, worker, id, firstLookClocks, at)
    await record(tx, worker, 'concern taken', { kind: 'concern', id })
    return { outcome: 'taken' }
  })

/** Puts a concern in somebody's hands, unless somebody has it: the database lets only one row stand without an end. */
export const hold = async (
  tx: Tx,
  worker: StaffViewer,
  concern: { id: string; agency_id: string },
  staff: string,
  at: Date,
  why: string | null = null,
): Promise<boolean> => {
  const made = await tx
    .insertInto('holding')
    .values({ ...within(worker, concern), id: newId(), staff_id: staff, from_at: at, why })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

/** Who has it now; empty for nobody. */
export const holderOf = async (tx: Tx, worker: StaffViewer, id: string): Promise<string> => {
  const row = await tx
    .selectFrom('holding')
    .select('staff_id')
    .where('partnership_id', '=', worker.partnership)
    .where('concern_id', '=', id)
    .where('to_at', 'is', null)
    .executeTakeFirst()
  return row?.staff_id ?? ''
}
