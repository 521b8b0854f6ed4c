import { sql } from 'kysely'
import { isFrontDoor, type Tx, type Viewer } from '../platform/index.ts'

export type Unowned = { id: string; reference: string; since: Date }
const most = 50

/** Concerns that came in before a moment, are not decided and are in nobody's hands, the oldest first: the front door's. */
export const concernsUnowned = async (tx: Tx, viewer: Viewer, before: Date): Promise<Unowned[]> => {
  if (!isFrontDoor(viewer)) return []
  const { rows } = await sql<Unowned>`
    select c.id, c.reference, u.received_at as since from undecided u
    join concern c on c.partnership_id = u.partnership_id and c.id = u.concern_id
    where u.partnership_id = ${viewer.partnership} and u.received_at < ${before} and not exists (select from holding h
      where h.partnership_id = u.partnership_id and h.concern_id = u.concern_id and h.to_at is null)
    order by u.received_at, c.id limit ${most}`.execute(tx)
  return rows
}
