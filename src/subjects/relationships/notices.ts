import { sql } from 'kysely'
import { asProduct, type StaffViewer, type Tx } from '../../platform/index.ts'

export type EndingNotice = { id: string; subject_id: string; cause: 'planned' | 'account closed'; ends_on: string }

/** What this worker was told of somebody's part that is about to end, and has not read. */
export const endingNotices = async (tx: Tx, viewer: StaffViewer): Promise<EndingNotice[]> => {
  const { rows } = await sql<EndingNotice>`select id, subject_id, cause, ends_on::text as ends_on from ending_notice
    where partnership_id = ${viewer.partnership} and staff_id = ${viewer.staff} and read_at is null
    order by ends_on, id limit 50`.execute(tx)
  return rows
}

/** They have read these. Ids that are not theirs change nothing. */
export const keepEndingsRead = (tx: Tx, viewer: StaffViewer, ids: readonly string[], at: Date): Promise<void> =>
  asProduct(tx, async () => {
    await sql`update ending_notice set read_at = ${at} where partnership_id = ${viewer.partnership}
      and staff_id = ${viewer.staff} and read_at is null and id = any(${[...ids]}::uuid[])`.execute(tx)
  })
