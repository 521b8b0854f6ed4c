import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'

/**
 * Whether this worker has a story before them that they have not read for the purpose they are here for: they read it
 * before any form. Once read, a newer version is shown on the page and stops nobody.
 */
export const hasStoryUnread = async (tx: Tx, worker: StaffViewer, subject: string): Promise<boolean> => {
  const { rows } = await sql<{ unread: boolean }>`
    select exists (select from story_card c where c.partnership_id = ${worker.partnership} and c.subject_id = ${subject})
      and not exists (select from story_read r where r.partnership_id = ${worker.partnership} and r.subject_id = ${subject}
        and r.staff_id = ${worker.staff} and r.purpose = ${worker.stated?.purpose ?? ''}) as unread`.execute(tx)
  return rows[0]!.unread
}

/** They have read it: a row, once for each purpose. */
export const keepStoryRead = (tx: Tx, worker: StaffViewer, subject: string, at: Date): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const purpose = worker.stated?.purpose ?? ''
      const kept =
        await sql`insert into story_read (partnership_id, id, subject_id, agency_id, staff_id, purpose, read_at)
        values (${worker.partnership}, ${newId()}, ${subject}, ${worker.agency}, ${worker.staff}, ${purpose}, ${at})
        on conflict do nothing`.execute(inner)
      if (kept.numAffectedRows)
        await record(inner, worker, 'story read first', { kind: 'person', id: subject }, { purpose })
    }),
  )
