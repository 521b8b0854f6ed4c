import { sql } from 'kysely'
import { newId, NotFound, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Level, LineKind } from './project.ts'
import { aboutProject, onProject } from './write.ts'

export type Planning = { held_on: string; place: string; purpose: string; agenda: string }

/** Plans a session, or writes down one that was held. @returns its id */
export const planSession = (tx: Tx, viewer: StaffViewer, project: string, said: Planning, at: Date): Promise<string> =>
  onProject(tx, viewer, project, async (inner) => {
    const id = newId()
    await inner
      .insertInto('project_session')
      .values({
        ...said,
        partnership_id: viewer.partnership,
        id,
        project_id: project,
        planned_by: viewer.staff,
        planned_at: at,
      })
      .execute()
    await record(inner, viewer, 'project session planned', aboutProject(project), { session: id })
    return id
  })

export type Of = { project: string; session: string }
export type Inviting = {
  agency: string | null
  level: Level
  area: string | null
  invited: number
  came: number | null
}

/** How many of one agency, level and area were invited, and came. Said again it takes the place of what stood. */
export const keepGroup = (tx: Tx, viewer: StaffViewer, of: Of, said: Inviting, at: Date): Promise<void> =>
  onSession(tx, viewer, of, async (inner) => {
    await sql`insert into session_group (partnership_id, id, project_id, session_id, agency_id, level, area_id, invited, came,
        kept_by, kept_at)
      values (${viewer.partnership}, ${newId()}, ${of.project}, ${of.session}, ${said.agency}::uuid, ${said.level},
        ${said.area}::uuid, ${said.invited}, ${said.came}, ${viewer.staff}, ${at})
      on conflict (partnership_id, session_id, agency_id, level, area_id) do update
        set invited = excluded.invited, came = excluded.came, kept_by = excluded.kept_by, kept_at = excluded.kept_at`.execute(
      inner,
    )
    const { invited, came } = said
    await record(inner, viewer, 'project session counted', aboutProject(of.project), {
      session: of.session,
      agency: said.agency,
      level: said.level,
      area: said.area,
      invited,
      came,
    })
  })

/** Writes down a theme, a capability that is in place, or a resource that is needed. */
export const sayLine = (
  tx: Tx,
  viewer: StaffViewer,
  of: Of,
  { kind, code, words }: { kind: LineKind; code: string; words: string },
  at: Date,
): Promise<void> =>
  onSession(tx, viewer, of, async (inner) => {
    await inner
      .insertInto('session_line')
      .values({
        partnership_id: viewer.partnership,
        id: newId(),
        project_id: of.project,
        session_id: of.session,
        kind,
        code,
        words,
        said_by: viewer.staff,
        said_at: at,
      })
      .execute()
    await record(inner, viewer, 'project session noted', aboutProject(of.project), { session: of.session, kind, code })
  })

const onSession = (tx: Tx, viewer: StaffViewer, { project, session }: Of, work: (tx: Tx) => Promise<void>) =>
  onProject(tx, viewer, project, async (inner) => {
    const { rows } = await sql`select from project_session where partnership_id = ${viewer.partnership}
      and project_id = ${project} and id = ${session}`.execute(inner)
    if (rows.length === 0) throw new NotFound()
    await work(inner)
  })

export type Taking = { session: string | null; words: string; owner_name: string; agency: string; due_on: string }

/** Somebody takes something on, by a day. @returns its id */
export const addAction = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  { session, words, owner_name, agency, due_on }: Taking,
  at: Date,
): Promise<string> =>
  onProject(tx, viewer, project, async (inner) => {
    const id = newId()
    await inner
      .insertInto('project_action')
      .values({
        partnership_id: viewer.partnership,
        id,
        project_id: project,
        session_id: session,
        words,
        owner_name,
        agency_id: agency,
        due_on,
        added_by: viewer.staff,
        added_at: at,
      })
      .execute()
    await record(inner, viewer, 'project action added', aboutProject(project), { action: id, agency })
    return id
  })

/** Says what became of it, once. */
export const finishAction = (
  tx: Tx,
  viewer: StaffViewer,
  { project, action }: { project: string; action: string },
  outcome: string,
  at: Date,
): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    const { rows } = await sql`update project_action
      set outcome = ${outcome}, done_by = ${viewer.staff}, done_at = ${at}
      where partnership_id = ${viewer.partnership} and project_id = ${project} and id = ${action} and done_at is null
      returning id`.execute(inner)
    if (rows.length > 0) await record(inner, viewer, 'project action done', aboutProject(project), { action })
  })
