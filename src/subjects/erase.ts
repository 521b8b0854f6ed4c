import { sql } from 'kysely'
import { asProduct, destroyDataKey, enqueue, record, type Tx, type Viewer } from '../platform/index.ts'
import { forgetSubject } from '../sharing/index.ts'

export type Erased = { classes: string[]; rows: number }

/** What they said, or was said of it. */
const said = [
  'story_card',
  'story_note',
  'voice',
  'voice_absence',
  'outcomes_asked',
  'own_outcome',
  'relationship',
  'trusted_choice',
  'trusted_word',
]

/**
 * Erases a person: their data key is destroyed, so that no word of theirs opens in any process or old backup, and what
 * lies open beside the words and could still say who they are is taken away. Ids and events stay. What is left is
 * handled as sealed with nobody named, so for everybody the person does not exist.
 */
export const eraseSubject = (tx: Tx, viewer: Viewer, subject: string, why: string, at: Date): Promise<Erased> =>
  asProduct(tx, async () => {
    const { partnership } = viewer
    const { rows } = await sql<Erased>`
      select array_agg(distinct r.data_class::text order by r.data_class::text) as classes, count(*)::int as rows
      from subjects_facts r where r.partnership_id = ${partnership} and r.subject_id = ${subject}`.execute(tx)
    await destroyDataKey(tx, viewer, { kind: 'subject', id: subject }, why)
    const of = sql`partnership_id = ${partnership} and subject_id = ${subject}`
    await sql`delete from identity_key where ${of}`.execute(tx)
    await sql`update identity set born_on = null, adult_from = null, handling = 2 where ${of}`.execute(tx)
    await sql`update entry set adult_from = null, handling = 2 where ${of}`.execute(tx)
    await sql`update warning set adult_from = null, handling = 2 where ${of}`.execute(tx)
    await sql`update meeting set adult_from = null, handling = 2 where ${of}`.execute(tx)
    for (const table of said)
      await sql`update ${sql.table(table)} set adult_from = null, handling = 2 where ${of}`.execute(tx)
    await sql`update relationship set born_year = null, died_year = null, since_year = null where ${of}`.execute(tx)
    await sql`update subject set adult_from = null, handling = 2, erased_at = ${at}
      where partnership_id = ${partnership} and id = ${subject}`.execute(tx)
    await forgetSubject(tx, partnership, subject, at)
    await enqueue(tx, viewer, 'identity changed', { subject })
    await record(tx, viewer, 'person erased', { kind: 'person', id: subject }, { why })
    return rows[0] ?? { classes: [], rows: 0 }
  })
