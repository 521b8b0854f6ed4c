import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  newId,
  NotFound,
  record,
  type Db,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { declareConflict, type ConflictKind } from '../../sharing/index.ts'
import { mayClose, mayDeclare, type Attendee, type Meeting } from './meeting.ts'

export type Said = 'confidential' | 'conflict' | ConflictKind

/**
 * Writes down what an attendee declared: that what they hear stays with those who need it, or that they are too close.
 * How they are close is their own to say, or their manager's to confirm: it closes the record to them from the commit
 * on. Only that they are ('conflict') is what anybody else writes down, and it stays with the meeting.
 * @throws {NotFound} when it is not the viewer's to write down
 */
export const declare = (
  db: Db | Tx,
  viewer: StaffViewer,
  { meeting, attendee }: { meeting: Meeting; attendee: Attendee },
  said: Said,
  at: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const closes = said !== 'confidential' && said !== 'conflict'
    const isOwn = attendee.staff_id === viewer.staff
    if (!(closes ? mayClose : mayDeclare)(viewer, meeting, attendee) || (said === 'conflict' && isOwn))
      throw new NotFound()
    const kept = await keep(tx, viewer, { meeting, attendee }, closes ? closing(attendee) : said, at)
    if (kept)
      await record(
        tx,
        viewer,
        'meeting declaration made',
        { kind: 'person', id: meeting.subject_id },
        { meeting: meeting.id, attendee: attendee.id },
      )
    // Their own word closes the record again after a manager opened it, though the meeting has it already.
    if (closes && (kept || isOwn))
      await declareConflict(tx, viewer, {
        subject: meeting.subject_id,
        kind: said,
        of: { staff: attendee.staff_id!, agency: attendee.of_agency_id! },
        at,
      })
  })

/** The first word of it is the declaration; a later one confirms what another wrote down. */
const closing = ({ conflict_by }: Attendee) => (conflict_by === null ? 'conflict' : 'confirmed')

const keep = async (
  tx: Tx,
  viewer: StaffViewer,
  { meeting, attendee }: { meeting: Meeting; attendee: Attendee },
  said: 'confidential' | 'conflict' | 'confirmed',
  at: Date,
): Promise<boolean> => {
  const kept = await asProduct(tx, () =>
    sql`insert into meeting_declaration (partnership_id, id, attendee_id, meeting_id, subject_id, agency_id, said, said_at, entered_by)
      values (${viewer.partnership}, ${newId()}, ${attendee.id}, ${meeting.id}, ${meeting.subject_id}, ${meeting.agency_id},
        ${said}, ${at}, ${viewer.staff})
      on conflict do nothing`.execute(tx),
  )
  return Boolean(kept.numAffectedRows)
}
