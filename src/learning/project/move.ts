import { sql } from 'kysely'
import { newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { missingOf } from './gate.ts'
import { stageAfter, stages, type Stage } from './project.ts'
import { stateOf } from './state.ts'
import { aboutProject, onProject } from './write.ts'

/** A project goes on to its next stage, when nothing is missing for it. @returns what it did not do it for */
export const moveOn = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  from: Stage,
  { at, today }: { at: Date; today: string },
): Promise<'moved' | 'something is missing' | 'elsewhere by now'> =>
  onProject(tx, viewer, project, async (inner) => {
    const state = await stateOf(inner, viewer.partnership, project)
    const to = stageAfter(state.project.stage)
    if (state.project.stage !== from || !to) return 'elsewhere by now'
    if (missingOf(state, today).length > 0) return 'something is missing'
    await enter(inner, viewer, project, { stage: to, why: '' }, at)
    await record(inner, viewer, 'project moved on', aboutProject(project), { from, to })
    return 'moved'
  })

/** A project goes back to an earlier stage, for a reason. Nothing that was written is lost by it. */
export const goBack = (
  tx: Tx,
  viewer: StaffViewer,
  project: string,
  { stage, why }: { stage: Stage; why: string },
  at: Date,
): Promise<'moved' | 'elsewhere by now'> =>
  onProject(tx, viewer, project, async (inner) => {
    const { stage: from } = (await stateOf(inner, viewer.partnership, project)).project
    if (stages.indexOf(stage) >= stages.indexOf(from)) return 'elsewhere by now'
    await enter(inner, viewer, project, { stage, why }, at)
    await record(inner, viewer, 'project went back', aboutProject(project), { from, to: stage })
    return 'moved'
  })

const enter = (tx: Tx, viewer: StaffViewer, project: string, { stage, why }: { stage: Stage; why: string }, at: Date) =>
  sql`insert into project_stage (partnership_id, id, project_id, step, stage, why, entered_by, entered_at)
    select ${viewer.partnership}, ${newId()}, ${project}, max(step) + 1, ${stage}, ${why}, ${viewer.staff}, ${at}
    from project_stage where partnership_id = ${viewer.partnership} and project_id = ${project}`.execute(tx)
