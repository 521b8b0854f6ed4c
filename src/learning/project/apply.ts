import { sql } from 'kysely'
import { newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { aboutProject, onProject } from './write.ts'

export type Applying = {
  applicant_name: string
  applicant_role: string
  agency: string
  reasons: string
  hoped_for: string
  region: string
  areas: readonly string[]
}

/** Writes the application, or writes it again: the version before stays. */
export const writeApplication = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  said: Applying,
  at: Date,
): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    await sql`insert into project_application (partnership_id, id, project_id, version, applicant_name, applicant_role,
        agency_id, reasons, hoped_for, region, areas, written_by, written_at)
      select ${viewer.partnership}, ${newId()}, ${project}, coalesce(max(version), 0) + 1, ${said.applicant_name},
        ${said.applicant_role}, ${said.agency}, ${said.reasons}, ${said.hoped_for}, ${said.region},
        ${[...said.areas]}::uuid[], ${viewer.staff}, ${at}
      from project_application where partnership_id = ${viewer.partnership} and project_id = ${project}`.execute(inner)
    await record(inner, viewer, 'project application written', aboutProject(project))
  })

export type Agreeing = { agency: string; name: string; role: string; agreed_on: string }

/** Writes down that a partner agrees. @returns 'agreed before' for an agency whose agreement stands */
export const recordAgreement = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  { agency, name, role, agreed_on }: Agreeing,
  at: Date,
): Promise<'recorded' | 'agreed before'> =>
  onProject(tx, viewer, project, async (inner) => {
    const made = await inner
      .insertInto('partner_agreement')
      .values({
        partnership_id: viewer.partnership,
        id: newId(),
        project_id: project,
        agency_id: agency,
        name,
        role,
        agreed_on,
        recorded_by: viewer.staff,
        recorded_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows !== 1n) return 'agreed before'
    await record(inner, viewer, 'partner agreed to project', aboutProject(project), { agency })
    return 'recorded'
  })

/** A partner takes its agreement back, or it was written down by mistake. */
export const endAgreement = (tx: Tx, viewer: StaffViewer, project: string, id: string, at: Date): Promise<void> =>
  onProject(tx, viewer, project, async (inner) => {
    const { rows } = await sql<{ agency_id: string }>`update partner_agreement
      set ended_by = ${viewer.staff}, ended_at = ${at} where partnership_id = ${viewer.partnership}
        and project_id = ${project} and id = ${id} and ended_at is null returning agency_id`.execute(inner)
    if (!rows[0]) return
    const detail = { agency: rows[0].agency_id }
    await record(inner, viewer, 'partner agreement ended', aboutProject(project), detail)
  })
