import { inTransaction, newId, record, type Db, type Keys, type Tx, type Viewer } from '../platform/index.ts'
import { concernFor, frontDoor, within } from './front-door.ts'
import { keyOfRow, sealed } from './sealed.ts'

/** Opens who said it and how to reach them, for this member of staff alone and with their reason. */
export const openContact = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  why: string,
  at: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const opening = newId()
    await tx
      .insertInto('contact_opening')
      .values(
        sealed(key, 'contact_opening', { ...within(worker, concern), id: opening, staff_id: worker.staff, why, at }),
      )
      .execute()
    await record(tx, worker, 'contact opened', { kind: 'concern', id }, { opening })
  })

/** Writes down that somebody needs a file as it came: its metadata may say who made it and where. */
export const openOriginal = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  { attachment, why, at }: { attachment: string; why: string; at: Date },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const opening = newId()
    await tx
      .insertInto('original_opening')
      .values(
        sealed(key, 'original_opening', {
          ...within(worker, concern),
          id: opening,
          attachment_id: attachment,
          staff_id: worker.staff,
          why,
          at,
        }),
      )
      .execute()
    await record(tx, worker, 'original opened', { kind: 'concern', id }, { opening, attachment })
  })
