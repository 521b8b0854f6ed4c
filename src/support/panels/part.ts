import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { WholeMeeting } from '../../subjects/index.ts'
import { openRows, sealerFor } from '../sealed.ts'

/** What happened of the person's own part: asked or not, there or brought in, and told afterwards. */
export const partsSaid = ['invited', 'not invited', 'attended', 'fed in', 'not heard', 'explained'] as const
export type PartSaid = (typeof partsSaid)[number]
export const hows = ['in person', 'by phone', 'by text', 'in writing', 'through somebody'] as const
export type How = (typeof hows)[number]

/** That they were asked, or came, needs no more words. */
export const needsWords = (said: PartSaid): boolean => said !== 'invited' && said !== 'attended'
/** How it was done is asked of what was done with them. */
export const needsHow = (said: PartSaid): boolean => said === 'fed in' || said === 'explained' || said === 'invited'

export type Part = {
  id: string
  said: PartSaid
  how: How | ''
  on_day: string
  words: string
  entered_by: string
  entered_at: Date
}

/** The person's part in a meeting, step by step, as far as the viewer sees the meeting. */
export const partOf = async (tx: Tx, keys: Keys, partnership: string, meeting: string): Promise<Part[]> => {
  const { rows } = await sql<Omit<Part, 'words'> & { words_sealed: Buffer | null; key_id: string | null }>`
    select id, said, how, on_day::text as on_day, words_sealed, key_id, entered_by, entered_at from panel_part
    where partnership_id = ${partnership} and meeting_id = ${meeting} order by on_day, entered_at, id`.execute(tx)
  const sealed = rows.flatMap((row) => (row.key_id === null ? [] : [{ ...row, key_id: row.key_id }]))
  const opened = await openRows(tx, keys, partnership, { table: 'panel_part', columns: ['words'] }, sealed)
  return rows.flatMap((row) => {
    const words = row.key_id === null ? '' : opened.find(({ id }) => id === row.id)?.words
    return words === undefined ? [] : [{ ...row, words }]
  })
}

/** Writes down a step of their part. It stays open after the meeting: what was decided is explained then. */
export const sayPart = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  meeting: Pick<WholeMeeting, 'id' | 'subject_id' | 'handling'>,
  { said, how, on_day, words }: Pick<Part, 'said' | 'how' | 'on_day' | 'words'>,
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    const { key_id, seal } = await sealerFor(inner, keys, viewer, meeting.subject_id, { table: 'panel_part', row: id })
    await asProduct(inner, () =>
      inner
        .insertInto('panel_part')
        .values({
          partnership_id: viewer.partnership,
          id,
          meeting_id: meeting.id,
          subject_id: meeting.subject_id,
          agency_id: viewer.agency,
          said,
          how,
          on_day,
          words_sealed: words ? seal('words', words) : null,
          key_id: words ? key_id : null,
          entered_by: viewer.staff,
          entered_at: at,
          handling: String(meeting.handling),
        })
        .execute(),
    )
    const about = { kind: 'person', id: meeting.subject_id }
    await record(inner, viewer, 'meeting part written', about, {
      meeting: meeting.id,
      said,
      handling: String(meeting.handling),
    })
  })
