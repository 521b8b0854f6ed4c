import { inTransaction, newId, record, type Db, type Tx, type Viewer } from '../platform/index.ts'
import { concernFor, frontDoor, within } from './front-door.ts'

/** Opens who said it and how to reach them, for this member of staff alone and with their reason. */
export const openContact = (db: Db | Tx, viewer: Viewer, id: string, why: string, at: Date): Promise<void> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const opening = newId()
    await tx
      .insertInto('contact_opening')
      .values({ ...within(worker, concern), id: opening, staff_id: worker.staff, why, at })
      .execute()
    await record(tx, worker, 'contact opened', { kind: 'concern', id }, { opening })
  })

/** Writes down that somebody needs a file as it came: its metadata may say who made it and where. */
export const openOriginal = (
  db: Db | Tx,
  viewer: Viewer,
  id: string,
  { attachment, why, at }: { attachment: string; why: string; at: Date },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const opening = newId()
    await tx
      .insertInto('original_opening')
      .values({ ...within(worker, concern), id: opening, attachment_id: attachment, staff_id: worker.staff, why, at })
      .execute()
    await record(tx, worker, 'original opened', { kind: 'concern', id }, { opening, attachment })
  })
