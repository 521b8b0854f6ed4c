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
import { mayDeclare, mayDeclareConflict, type Attendee, type Meeting } from './meeting.ts'

/**
 * Writes down what an attendee declared: that what they hear stays with those who need it, or that they are too close.
 * Too close closes the record to a member of staff from the commit on.
 * @throws {NotFound} when it is not the viewer's to write down
 */
export const declare = (
  db: Db | Tx,
  viewer: StaffViewer,
  { meeting, attendee }: { meeting: Meeting; attendee: Attendee },
  said: 'confidential' | ConflictKind,
  at: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const isConflict = said !== 'confidential'
    if (!(isConflict ? mayDeclareConflict : mayDeclare)(viewer, meeting, attendee)) throw new NotFound()
    const kept = await asProduct(tx, () =>
      sql`insert into meeting_declaration (partnership_id, id, attendee_id, meeting_id, subject_id, agency_id, said, said_at, entered_by)
        values (${viewer.partnership}, ${newId()}, ${attendee.id}, ${meeting.id}, ${meeting.subject_id}, ${meeting.agency_id},
          ${isConflict ? 'conflict' : said}, ${at}, ${viewer.staff})
        on conflict do nothing`.execute(tx),
    )
    if (!kept.numAffectedRows) return
    await record(
      tx,
      viewer,
      'meeting declaration made',
      { kind: 'person', id: meeting.subject_id },
      { meeting: meeting.id, attendee: attendee.id },
    )
    if (isConflict && attendee.staff_id && attendee.of_agency_id)
      await declareConflict(tx, viewer, {
        subject: meeting.subject_id,
        kind: said,
        of: { staff: attendee.staff_id, agency: attendee.of_agency_id },
        at,
      })
  })
