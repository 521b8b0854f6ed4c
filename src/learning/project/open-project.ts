import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Side } from './project.ts'
import { aboutProject } from './write.ts'

export type Opening = { name: string; kind: string; size: string; programme: string }

/** Which side somebody works on: the programme's own people are its; everybody else is local. */
export const sideOf = (agency: string, programme: string): Side => (agency === programme ? 'programme' : 'local')

/** Begins a project at its application; whoever does it owns it until they hand it over. @returns its id */
export const openProject = (
  tx: Tx,
  viewer: StaffViewer,
  { name, kind, size, programme }: Opening,
  at: Date,
): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    const of = { partnership_id: viewer.partnership, project_id: id }
    await asProduct(inner, async () => {
      await inner
        .insertInto('support_project')
        .values({
          partnership_id: viewer.partnership,
          id,
          name,
          kind,
          size,
          programme_agency_id: programme,
          opened_by: viewer.staff,
          opened_at: at,
        })
        .execute()
      await inner
        .insertInto('project_member')
        .values({
          ...of,
          id: newId(),
          account_id: viewer.staff,
          side: sideOf(viewer.agency, programme),
          part: 'owner',
          added_by: viewer.staff,
          added_at: at,
        })
        .execute()
      await inner
        .insertInto('project_stage')
        .values({ ...of, id: newId(), step: 1, stage: 'application', entered_by: viewer.staff, entered_at: at })
        .execute()
    })
    await record(inner, viewer, 'support project opened', aboutProject(id), { kind, size })
    return id
  })
