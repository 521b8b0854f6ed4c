import { sql } from 'kysely'
import { newId, NotFound, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { sideOf } from './open-project.ts'
import type { Part } from './project.ts'
import { aboutProject, onProject } from './write.ts'

type Of = { id: string; programme_agency_id: string }

/** Names somebody on a project; one who has that part already keeps it. @throws {NotFound} for nobody of this partnership */
export const addMember = (
  tx: Tx,
  viewer: StaffViewer,
  project: Of,
  { account, part }: { account: string; part: Exclude<Part, 'owner'> },
  at: Date,
): Promise<void> =>
  onProject(tx, viewer, project.id, async (inner) => {
    const made = await nameOn(inner, viewer, project, { account, part }, at)
    if (made) await record(inner, viewer, 'project member named', aboutProject(project.id), { account, part })
  })

/** Somebody stops having a part. The owner does not: they hand over. */
export const endMember = (tx: Tx, viewer: StaffViewer, project: string, member: string, at: Date): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    const { rows } = await sql<{ account_id: string; part: string }>`update project_member
      set ended_by = ${viewer.staff}, ended_at = ${at}
      where partnership_id = ${viewer.partnership} and project_id = ${project} and id = ${member} and part <> 'owner'
        and ended_at is null returning account_id, part`.execute(inner)
    const [ended] = rows
    if (!ended) return
    const detail = { account: ended.account_id, part: ended.part }
    await record(inner, viewer, 'project member ended', aboutProject(project), detail)
  })

/** One owner hands over to another; whoever had it stays on as somebody who delivers. */
export const handOver = (tx: Tx, viewer: StaffViewer, project: Of, account: string, at: Date): Promise<void> =>
  onProject(tx, viewer, project.id, async (inner) => {
    const { rows } = await sql<{ account_id: string }>`update project_member
      set ended_by = ${viewer.staff}, ended_at = ${at}
      where partnership_id = ${viewer.partnership} and project_id = ${project.id} and part = 'owner' and ended_at is null
        and account_id <> ${account} returning account_id`.execute(inner)
    const [before] = rows
    if (!before) return
    await nameOn(inner, viewer, project, { account, part: 'owner' }, at)
    await nameOn(inner, viewer, project, { account: before.account_id, part: 'delivery' }, at)
    const detail = { from: before.account_id, to: account }
    await record(inner, viewer, 'project handed over', aboutProject(project.id), detail)
  })

/** Names somebody from within another act of the project, as the product. @returns whether they did not have that part yet */
export const nameOn = async (
  tx: Tx,
  viewer: StaffViewer,
  project: Of,
  { account, part }: { account: string; part: Part },
  at: Date,
): Promise<boolean> => {
  const { rows } = await sql<{ agency_id: string }>`select agency_id from account
    where partnership_id = ${viewer.partnership} and id = ${account}`.execute(tx)
  if (!rows[0]) throw new NotFound()
  const made = await tx
    .insertInto('project_member')
    .values({
      partnership_id: viewer.partnership,
      id: newId(),
      project_id: project.id,
      account_id: account,
      side: sideOf(rows[0].agency_id, project.programme_agency_id),
      part,
      added_by: viewer.staff,
      added_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}
