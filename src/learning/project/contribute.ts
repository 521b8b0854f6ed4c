import { sql } from 'kysely'
import { newId, NotFound, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { aboutProject, onProject } from './write.ts'

export type Contributing = {
  on_day: string
  invited: string
  /** As they want to be named, or '' for whoever does not. */
  contributor: string
  words: string
}

/** Enters in the co-production log what somebody contributed. */
export const contribute = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  said: Contributing,
  at: Date,
): Promise<string> =>
  onProject(tx, viewer, project, async (inner) => {
    const id = newId()
    await inner
      .insertInto('contribution')
      .values({
        ...said,
        partnership_id: viewer.partnership,
        id,
        project_id: project,
        attributed: said.contributor !== '',
        recorded_by: viewer.staff,
        recorded_at: at,
      })
      .execute()
    await record(inner, viewer, 'contribution entered', aboutProject(project), { contribution: id })
    return id
  })

export type Changing = { words: string; aims: string | null; session: string | null; finding: string }

/** Says what changed because of a contribution, and where that can be seen. @throws {NotFound} */
export const sayChange = (
  tx: Tx,
  viewer: StaffViewer,
  { project, contribution }: { project: string; contribution: string },
  { words, aims, session, finding }: Changing,
  at: Date,
): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    const there = async (table: 'contribution' | 'project_aims' | 'project_session', id: string | null) =>
      id === null ||
      (
        await sql`select from ${sql.table(table)} where partnership_id = ${viewer.partnership}
          and project_id = ${project} and id = ${id}`.execute(inner)
      ).rows.length > 0
    if (
      !(await there('contribution', contribution)) ||
      !(await there('project_aims', aims)) ||
      !(await there('project_session', session))
    )
      throw new NotFound()
    await inner
      .insertInto('contribution_change')
      .values({
        partnership_id: viewer.partnership,
        id: newId(),
        project_id: project,
        contribution_id: contribution,
        words,
        aims_id: aims,
        session_id: session,
        finding,
        said_by: viewer.staff,
        said_at: at,
      })
      .execute()
    await record(inner, viewer, 'contribution changed something', aboutProject(project), { contribution })
  })
