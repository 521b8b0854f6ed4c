import { inTransaction, newId, record, type Db, type Keys, type Tx, type Viewer } from '../platform/index.ts'
import { startClock, stopClocks } from './clock.ts'
import type { Priority } from './concern.ts'
import { concernFor, frontDoor, within } from './front-door.ts'
import { keyOfRow, sealed } from './sealed.ts'
import { firstLookClocks } from './take.ts'

/**
 * Says how soon a concern must be looked at, and why. Until somebody has had a first look, the clock of the new
 * priority runs from when the concern came in: waiting in the queue is not forgiven by a change of colour.
 */
export const prioritise = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  { level, why, at }: { level: Priority; why: string; at: Date },
): Promise<'set' | 'changed meanwhile'> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    await tx
      .updateTable('priority')
      .set({ ended_at: at })
      .where('partnership_id', '=', worker.partnership)
      .where('concern_id', '=', id)
      .where('ended_at', 'is', null)
      .execute()
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const priority = newId()
    const made = await tx
      .insertInto('priority')
      .values(
        sealed(key, 'priority', { ...within(worker, concern), id: priority, level, why, staff_id: worker.staff, at }),
      )
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return 'changed meanwhile'
    await stopClocks(tx, worker, id, firstLookClocks, at)
    if (await isNew(tx, worker.partnership, id))
      await startClock(tx, worker, {
        concern: id,
        agency: concern.agency_id,
        clock: `first-look-${level}`,
        from: concern.received_at,
      })
    await record(tx, worker, 'priority set', { kind: 'concern', id }, { level, priority })
    return 'set'
  })

/** Nobody has decided it and nobody has ever had it in hand. */
const isNew = async (tx: Tx, partnership: string, id: string): Promise<boolean> => {
  const row = await tx
    .selectFrom('undecided as u')
    .select('u.concern_id')
    .where('u.partnership_id', '=', partnership)
    .where('u.concern_id', '=', id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('holding as h')
            .select('h.id')
            .whereRef('h.partnership_id', '=', 'u.partnership_id')
            .whereRef('h.concern_id', '=', 'u.concern_id'),
        ),
      ),
    )
    .executeTakeFirst()
  return row !== undefined
}
