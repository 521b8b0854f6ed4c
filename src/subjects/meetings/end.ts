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
import { chronicle } from '../chronicle.ts'
import { mayKeep, type Meeting } from './meeting.ts'

export type Ending = {
  outcome: 'held' | 'called off'
  words: string
  /** Disclosures of the viewer's agency that were made in it. */
  disclosures: readonly string[]
  /** What the chronology says: that it was held, never what came of it. */
  entry: string
}

/** Writes down what became of a meeting, once. The chronology says that it was held. @throws {NotFound} */
export const endMeeting = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, meeting }: { subject: { id: string; adult_from: string | null }; meeting: Meeting },
  { outcome, words, disclosures, entry }: Ending,
  at: Date,
): Promise<'ended' | 'already'> =>
  inTransaction(db, async (tx) => {
    if (meeting.agency_id !== viewer.agency) throw new NotFound()
    if (!mayKeep(viewer, meeting)) return 'already'
    const id = newId()
    const { partnership } = viewer
    const key = await dataKeyOf(tx, keys, partnership, { kind: 'subject', id: subject.id })
    const ended = await asProduct(tx, async () => {
      const kept = await sql`
        insert into meeting_outcome (partnership_id, id, meeting_id, subject_id, agency_id, outcome, words_sealed, key_id, entered_by, entered_at)
        values (${partnership}, ${id}, ${meeting.id}, ${subject.id}, ${viewer.agency}, ${outcome},
          ${sealText(key, { table: 'meeting_outcome', column: 'words', row: id }, words)}, ${key.id}, ${viewer.staff}, ${at})
        on conflict do nothing`.execute(tx)
      if (!kept.numAffectedRows) return false
      await sql`insert into meeting_disclosure (partnership_id, meeting_id, disclosure_id, subject_id, agency_id)
        select d.partnership_id, ${meeting.id}::uuid, d.id, d.subject_id, d.agency_id from disclosure d
        where d.partnership_id = ${partnership} and d.subject_id = ${subject.id} and d.agency_id = ${viewer.agency}
          and d.outcome = 'shared' and d.id = any(${[...disclosures]}::uuid[])`.execute(tx)
      return true
    })
    if (!ended) return 'already'
    await record(tx, viewer, 'meeting ended', { kind: 'person', id: subject.id }, { meeting: meeting.id, outcome })
    if (outcome === 'held')
      await chronicle(
        tx,
        keys,
        viewer,
        {
          subject,
          about: { kind: 'meeting', id: meeting.id },
          kind: 'meeting',
          happened_at: meeting.starts_at,
          words: entry,
          data_class: 'D4',
          handling: meeting.handling,
        },
        at,
      )
    return 'ended'
  })
