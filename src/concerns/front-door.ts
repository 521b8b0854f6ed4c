import { isFrontDoor, isId, NotFound, type StaffViewer, type Tx, type Viewer } from '../platform/index.ts'
import { wrappedKey } from './sealed.ts'

/** Whoever asks, if they sit at the front door. For anybody else nothing of a concern exists. @throws {NotFound} */
export const frontDoor = (viewer: Viewer): StaffViewer => {
  if (!isFrontDoor(viewer)) throw new NotFound()
  return viewer
}

/** A concern to work on, in the columns that acts need. @throws {NotFound} for one that is not there, or not theirs */
export const concernFor = async (tx: Tx, worker: StaffViewer, id: string) => {
  if (!isId(id)) throw new NotFound()
  const concern = await tx
    .selectFrom('concern')
    .select(['id', 'agency_id', 'reference', 'received_at', 'about', 'happened_on', 'key_id'])
    .select(wrappedKey(worker.partnership, 'concern.key_id').as('wrapped'))
    .where('partnership_id', '=', worker.partnership)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!concern) throw new NotFound()
  return concern
}

/** What every row that hangs on a concern begins with: whose it is and what it is about. */
export const within = (worker: StaffViewer, concern: { id: string; agency_id: string }) => ({
  partnership_id: worker.partnership,
  agency_id: concern.agency_id,
  concern_id: concern.id,
})
