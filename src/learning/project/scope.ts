import { sql } from 'kysely'
import { newId, NotFound, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { aboutProject, onProject } from './write.ts'

export type NewLeader = { agency: string; account: string | null; name: string; role: string }

/** Puts a senior leader on the list of whom to speak with. @returns their id on this project */
export const addLeader = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  { agency, account, name, role }: NewLeader,
  at: Date,
): Promise<string> =>
  onProject(tx, viewer, project, async (inner) => {
    const id = newId()
    await inner
      .insertInto('project_leader')
      .values({
        partnership_id: viewer.partnership,
        id,
        project_id: project,
        agency_id: agency,
        account_id: account,
        name,
        role,
        added_by: viewer.staff,
        added_at: at,
      })
      .execute()
    await record(inner, viewer, 'project leader listed', aboutProject(project), { agency, leader: id })
    return id
  })

/** A leader moved on, or need not be spoken with: what they said stays, and they sponsor nothing any more. */
export const endLeader = (tx: Tx, viewer: StaffViewer, project: string, leader: string, at: Date): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    const where = sql`where partnership_id = ${viewer.partnership} and project_id = ${project} and ended_at is null`
    const set = sql`set ended_by = ${viewer.staff}, ended_at = ${at}`
    const { rows } = await sql`update project_leader ${set} ${where} and id = ${leader} returning id`.execute(inner)
    if (rows.length === 0) return
    await sql`update project_sponsor ${set} ${where} and leader_id = ${leader}`.execute(inner)
    await record(inner, viewer, 'project leader ended', aboutProject(project), { leader })
  })

export type Saying = { held_on: string; aims: string; worries: string; constraints: string; strengths: string }

/** Writes down what a leader said; said again it is a version. @throws {NotFound} for a leader of another project */
export const keepConversation = (
  tx: Tx,
  viewer: StaffViewer,
  { project, leader }: { project: string; leader: string },
  said: Saying,
  at: Date,
): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    const { rows } = await sql`select from project_leader where partnership_id = ${viewer.partnership}
      and project_id = ${project} and id = ${leader} and ended_at is null`.execute(inner)
    if (rows.length === 0) throw new NotFound()
    await sql`insert into scoping_conversation (partnership_id, id, project_id, leader_id, version, held_on, aims, worries,
        constraints, strengths, written_by, written_at)
      select ${viewer.partnership}, ${newId()}, ${project}, ${leader}, coalesce(max(version), 0) + 1, ${said.held_on}::date,
        ${said.aims}, ${said.worries}, ${said.constraints}, ${said.strengths}, ${viewer.staff}, ${at}
      from scoping_conversation where partnership_id = ${viewer.partnership} and leader_id = ${leader}`.execute(inner)
    await record(inner, viewer, 'scoping conversation kept', aboutProject(project), { leader })
  })

/** Names a difference between leaders, so that it is talked through and not smoothed over. */
export const noteDifference = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  words: string,
  at: Date,
): Promise<string> =>
  onProject(tx, viewer, project, async (inner) => {
    const id = newId()
    const of = { partnership_id: viewer.partnership, id, project_id: project }
    await inner
      .insertInto('leader_difference')
      .values({ ...of, words, noted_by: viewer.staff, noted_at: at })
      .execute()
    await record(inner, viewer, 'leaders’ difference noted', aboutProject(project), { difference: id })
    return id
  })

/** Says how a difference was talked through; that it remains is an answer too. @returns 'before' where somebody did already */
export const settleDifference = (
  tx: Tx,
  viewer: StaffViewer,
  { project, difference }: { project: string; difference: string },
  settled: string,
  at: Date,
): Promise<'settled' | 'before'> =>
  onProject(tx, viewer, project, async (inner) => {
    const { rows } = await sql`update leader_difference
      set settled = ${settled}, settled_by = ${viewer.staff}, settled_at = ${at}
      where partnership_id = ${viewer.partnership} and project_id = ${project} and id = ${difference} and settled is null
      returning id`.execute(inner)
    if (rows.length === 0) return 'before'
    await record(inner, viewer, 'leaders’ difference talked through', aboutProject(project), { difference })
    return 'settled'
  })
