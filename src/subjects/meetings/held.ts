import { sql } from 'kysely'
import { dataKeys, openText, type Keys, type Tx } from '../../platform/index.ts'
import type { DataClass, Handling } from '../../sharing/index.ts'
import type { MeetingKind } from './meeting.ts'

export type HeldMeeting = {
  id: string
  kind: MeetingKind
  at: Date
  data_class: DataClass
  handling: Handling
  place: string
  /** What came of it; empty while nothing is written down. */
  words: string
}

/**
 * The meetings about a subject that an agency called, and who came to any of them without an account: what it holds
 * when the person asks. The caller is the product, and asks `decide` of each.
 */
export const meetingsHeld = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  { subject, agency }: { subject: string; agency: string },
): Promise<{ meetings: HeldMeeting[]; outsiders: string[] }> => {
  const { rows } = await sql<
    Omit<HeldMeeting, 'place' | 'words'> & {
      key_id: string
      place_sealed: Buffer
      outcome_id: string | null
      words_sealed: Buffer | null
    }
  >`
    select m.id, m.kind, m.starts_at as at, m.data_class, m.handling::int as handling, m.key_id, m.place_sealed,
      o.id as outcome_id, o.words_sealed
    from meeting m left join meeting_outcome o on o.partnership_id = m.partnership_id and o.meeting_id = m.id
    where m.partnership_id = ${partnership} and m.subject_id = ${subject} and m.agency_id = ${agency}
    order by m.starts_at, m.id`.execute(tx)
  const { rows: came } = await sql<{ id: string; key_id: string; name_sealed: Buffer }>`
    select id, key_id, name_sealed from meeting_attendee
    where partnership_id = ${partnership} and subject_id = ${subject} and agency_id = ${agency} and name_sealed is not null
    order by added_at, id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    [...rows, ...came].map(({ key_id }) => key_id),
  )
  return {
    meetings: rows.flatMap(({ key_id, place_sealed, outcome_id, words_sealed, ...meeting }) => {
      const key = opened.get(key_id)
      if (!key) return []
      const place = openText(key, { table: 'meeting', column: 'place', row: meeting.id }, place_sealed)
      const at = { table: 'meeting_outcome', column: 'words', row: outcome_id ?? '' }
      return [{ ...meeting, place, words: words_sealed ? openText(key, at, words_sealed) : '' }]
    }),
    outsiders: came.flatMap(({ id, key_id, name_sealed }) => {
      const key = opened.get(key_id)
      return key ? [openText(key, { table: 'meeting_attendee', column: 'name', row: id }, name_sealed)] : []
    }),
  }
}
