import { sql } from 'kysely'
import { asProduct, hasRole, inTransaction, NotFound, type StaffViewer, type Tx } from '../../platform/index.ts'

/** Who writes on a project: a learning lead of the partnership, or whoever was named on it with more than a yes to give. */
export const mayWrite = async (tx: Tx, viewer: StaffViewer, project: string): Promise<boolean> => {
  const { rows } = await sql<{ part: string; account_id: string }>`select part, account_id from project_member
    where partnership_id = ${viewer.partnership} and project_id = ${project} and ended_at is null`.execute(tx)
  if (rows.some((one) => one.account_id === viewer.staff && one.part !== 'sponsor')) return true
  return rows.length > 0 && hasRole(viewer, 'learning')
}

/**
 * Does something to a project as the product, once it is shown to be the viewer's to write; one after the other, so that
 * versions count up. @throws {NotFound}
 */
export const onProject = <T>(tx: Tx, viewer: StaffViewer, project: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(tx, async (inner) => {
    if (!(await mayWrite(inner, viewer, project))) throw new NotFound()
    return asProject(inner, viewer, project, work)
  })

/** The same for somebody of whom the caller has shown that this one act is theirs. */
export const asProject = <T>(
  tx: Tx,
  { partnership }: StaffViewer,
  project: string,
  work: (tx: Tx) => Promise<T>,
): Promise<T> =>
  asProduct(tx, async () => {
    await sql`select from support_project where partnership_id = ${partnership} and id = ${project} for update`.execute(
      tx,
    )
    return work(tx)
  })

export const aboutProject = (id: string) => ({ kind: 'project', id })
