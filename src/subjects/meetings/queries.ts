import { sql } from 'kysely'
import {
  asProduct,
  dataKeys,
  isId,
  NotFound,
  openText,
  type DataKey,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import type { Attendee, Meeting, MeetingKind } from './meeting.ts'

const columns = sql`m.id, m.subject_id, m.agency_id, m.kind, m.purpose, m.basis, m.condition, m.starts_at, m.called_by,
  m.called_at, m.handling::int as handling, o.outcome`
const from = sql`meeting m left join meeting_outcome o on o.partnership_id = m.partnership_id and o.meeting_id = m.id`
const most_listed = 200

/** The meetings about a subject that row-level security shows this viewer, the newest first. */
export const meetingsOf = async (tx: Tx, partnership: string, subject: string): Promise<Meeting[]> => {
  const { rows } = await sql<Meeting>`
    select ${columns} from ${from} where m.partnership_id = ${partnership} and m.subject_id = ${subject}
    order by m.starts_at desc, m.id limit ${most_listed}`.execute(tx)
  return rows
}

/**
 * Meetings about one person that somebody is asked to, from a moment on, the next first: when, of which kind, by
 * reference. Whom each is about is behind the gate of the person.
 */
export const meetingsComing = (
  tx: Tx,
  { partnership, staff }: StaffViewer,
  from: Date,
): Promise<{ id: string; subject_id: string; reference: string; kind: MeetingKind; starts_at: Date }[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{
      id: string
      subject_id: string
      reference: string
      kind: MeetingKind
      starts_at: Date
    }>`
      select m.id, m.subject_id, s.reference, m.kind, m.starts_at from meeting_attendee a
      join meeting m on m.partnership_id = a.partnership_id and m.id = a.meeting_id
      join subject s on s.partnership_id = m.partnership_id and s.id = m.subject_id
      where a.partnership_id = ${partnership} and a.staff_id = ${staff} and m.starts_at >= ${from} and m.handling::int < 2
        and not exists (select from meeting_outcome o where o.partnership_id = m.partnership_id and o.meeting_id = m.id)
        and not exists (select from conflict c where c.partnership_id = m.partnership_id and c.subject_id = m.subject_id
          and c.staff_id = a.staff_id and c.lifted_at is null)
      order by m.starts_at, m.id limit ${most_listed}`.execute(tx)
    return rows
  })

export type WholeMeeting = Meeting & {
  place: string
  attendees: Attendee[]
  ended: { words: string; by: string; at: Date } | undefined
  /** How many disclosures were made in it; which, only their own agency reads. */
  disclosures: string[]
}

/** One meeting with everything in it. @throws {NotFound} for what does not exist and what is not this viewer's to see */
export const meetingFor = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { subject, id }: { subject: string; id: string | undefined },
): Promise<WholeMeeting> => {
  if (id === undefined || !isId(id)) throw new NotFound()
  const { rows } = await sql<
    Meeting & {
      place_sealed: Buffer
      key_id: string
      ended_id: string | null
      words_sealed: Buffer
      by: string
      at: Date
    }
  >`
    select ${columns}, m.place_sealed, m.key_id, o.id as ended_id, o.words_sealed, o.entered_by as by, o.entered_at as at
    from ${from} where m.partnership_id = ${partnership} and m.subject_id = ${subject} and m.id = ${id}`.execute(tx)
  const [found] = rows
  if (!found) throw new NotFound()
  const { place_sealed, key_id, ended_id, words_sealed, by, at, ...meeting } = found
  const key = (await dataKeys(tx, keys, partnership, [key_id])).get(key_id)
  if (!key) throw new NotFound()
  const { rows: shared } = await sql<{ disclosure_id: string }>`
    select disclosure_id from meeting_disclosure where partnership_id = ${partnership} and meeting_id = ${id}`.execute(
    tx,
  )
  return {
    ...meeting,
    place: openText(key, { table: 'meeting', column: 'place', row: id }, place_sealed),
    attendees: await attendeesOf(tx, key, partnership, id),
    ended: ended_id
      ? { words: openText(key, { table: 'meeting_outcome', column: 'words', row: ended_id }, words_sealed), by, at }
      : undefined,
    disclosures: shared.map(({ disclosure_id }) => disclosure_id),
  }
}

const attendeesOf = async (tx: Tx, key: DataKey, partnership: string, meeting: string): Promise<Attendee[]> => {
  const { rows } = await sql<Omit<Attendee, 'name'> & { name_sealed: Buffer | null }>`
    select a.id, a.of_agency_id, a.staff_id, a.name_sealed,
      (select d.said_at from meeting_declaration d where d.partnership_id = a.partnership_id and d.attendee_id = a.id
        and d.said = 'confidential') as confidential_at,
      (select d.entered_by from meeting_declaration d where d.partnership_id = a.partnership_id and d.attendee_id = a.id
        and d.said = 'conflict') as conflict_by,
      exists (select from meeting_declaration d where d.partnership_id = a.partnership_id and d.attendee_id = a.id
        and (d.said = 'confirmed' or d.said = 'conflict' and d.entered_by = a.staff_id)) as confirmed
    from meeting_attendee a where a.partnership_id = ${partnership} and a.meeting_id = ${meeting}
    order by a.staff_id = (select m.called_by from meeting m where m.partnership_id = a.partnership_id and m.id = a.meeting_id) desc,
      a.staff_id is null, a.added_at, a.id`.execute(tx)
  return rows.map(({ name_sealed, ...attendee }) => ({
    ...attendee,
    name: name_sealed && openText(key, { table: 'meeting_attendee', column: 'name', row: attendee.id }, name_sealed),
  }))
}
