import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  newId,
  NotFound,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { mayKeep, type Meeting, type MeetingKind } from './meeting.ts'

export type Calling = {
  kind: MeetingKind
  purpose: string
  basis: string
  condition: string
  starts_at: Date
  place: string
  handling: 0 | 1
}

/** Calls a meeting about a subject; whoever calls it attends. They came through the gate. @returns its id */
export const callMeeting = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  { place, handling, ...calling }: Calling,
  at: Date,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject.id })
    await asProduct(tx, () =>
      tx
        .insertInto('meeting')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject.id,
          agency_id: viewer.agency,
          adult_from: subject.adult_from,
          ...calling,
          place_sealed: sealText(key, { table: 'meeting', column: 'place', row: id }, place),
          key_id: key.id,
          called_by: viewer.staff,
          called_at: at,
          handling: String(handling),
        })
        .execute(),
    )
    const { kind, purpose } = calling
    await record(
      tx,
      viewer,
      'meeting called',
      { kind: 'person', id: subject.id },
      { meeting: id, kind, purpose, handling: String(handling) },
    )
    await addAttendee(
      tx,
      keys,
      viewer,
      { id, subject_id: subject.id, agency_id: viewer.agency, outcome: null },
      { staff: viewer.staff },
      at,
    )
    return id
  })

/** A member of staff, or somebody without an account by name, with the agency they are from where they are of one. */
export type Coming = { staff: string } | { name: string; agency: string | null }

/** Adds somebody to a meeting. It opens nothing to them. @throws {NotFound} when the meeting is not the viewer's to keep */
export const addAttendee = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  meeting: Pick<Meeting, 'id' | 'subject_id' | 'agency_id' | 'outcome'>,
  coming: Coming,
  at: Date,
): Promise<'added' | 'there already'> =>
  inTransaction(db, async (tx) => {
    if (!mayKeep(viewer, meeting)) throw new NotFound()
    const id = newId()
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: meeting.subject_id })
    const name =
      'name' in coming ? sealText(key, { table: 'meeting_attendee', column: 'name', row: id }, coming.name) : null
    const seat = { id, staff: 'staff' in coming ? coming.staff : null, name, key: name && key.id }
    if (!(await keepAttendee(tx, viewer, meeting, { ...seat, agency: 'name' in coming ? coming.agency : null }, at)))
      return 'there already'
    await record(
      tx,
      viewer,
      'meeting attendee added',
      { kind: 'person', id: meeting.subject_id },
      { meeting: meeting.id, attendee: id },
    )
    return 'added'
  })

/** Somebody says of themself that they are there. Whoever calls has shown that they see the meeting. */
export const comeTo = (
  db: Db | Tx,
  viewer: StaffViewer,
  meeting: Pick<Meeting, 'id' | 'subject_id' | 'agency_id'>,
  at: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const seat = { id, staff: viewer.staff, name: null, key: null, agency: null }
    if (!(await keepAttendee(tx, viewer, meeting, seat, at))) return
    const about = { kind: 'person', id: meeting.subject_id }
    await record(tx, viewer, 'meeting attendee added', about, { meeting: meeting.id, attendee: id })
  })

type AttendeeRow = {
  id: string
  staff: string | null
  name: Buffer | null
  key: string | null
  agency: string | null
}

/** @returns false where they are there already */
const keepAttendee = async (
  tx: Tx,
  viewer: StaffViewer,
  meeting: Pick<Meeting, 'id' | 'subject_id' | 'agency_id'>,
  { id, staff, name, key, agency }: AttendeeRow,
  at: Date,
): Promise<boolean> => {
  const added = await asProduct(tx, () =>
    sql`insert into meeting_attendee (partnership_id, id, meeting_id, subject_id, agency_id, of_agency_id, staff_id,
        name_sealed, key_id, added_by, added_at)
      select ${viewer.partnership}::uuid, ${id}::uuid, ${meeting.id}::uuid, ${meeting.subject_id}::uuid, ${meeting.agency_id}::uuid,
        coalesce(a.agency_id, ${agency}::uuid), a.id, ${name}::bytea, ${key}::uuid, ${viewer.staff}::uuid, ${at}::timestamptz
      from (select) one left join account a on a.partnership_id = ${viewer.partnership} and a.id = ${staff}::uuid
      where a.id is not null or ${name}::bytea is not null
      on conflict do nothing`.execute(tx),
  )
  return Boolean(added.numAffectedRows)
}
