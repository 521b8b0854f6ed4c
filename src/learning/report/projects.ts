import { hasRole, NotFound, type StaffViewer, type Tx } from '../../platform/index.ts'

/** Support projects that the viewer may read: what a report can begin from. */
const projectsToReport = (tx: Tx, partnership: string): Promise<{ id: string; name: string }[]> =>
  tx
    .selectFrom('support_project')
    .select(['id', 'name'])
    .where('partnership_id', '=', partnership)
    .orderBy('name')
    .execute()

/**
 * The same, for whoever may begin a report at all: a learning lead, or somebody who is named on a project.
 * @throws {NotFound} for everybody else
 */
export const projectsOf = async (tx: Tx, viewer: StaffViewer): Promise<{ id: string; name: string }[]> => {
  const projects = await projectsToReport(tx, viewer.partnership)
  if (projects.length === 0 && !hasRole(viewer, 'learning')) throw new NotFound()
  return projects
}
