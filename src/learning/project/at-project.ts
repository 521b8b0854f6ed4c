import { localDate, NotFound, type StaffViewer } from '../../platform/index.ts'
import type { Answer, Ask, Handler } from '../../web/index.ts'
import type { Project } from './project.ts'
import { projectFor } from './queries.ts'
import { mayWrite } from './write.ts'

export type At = {
  project: Project
  viewer: StaffViewer
  writes: boolean
  now: Date
  today: string
  base: string
}

type Then = (ask: Ask, at: At) => Promise<Answer> | Answer

/** On to a page of a project, for whoever reads it. @throws {NotFound} */
export const withProject =
  (then: Then): Handler =>
  async (ask) => {
    const { viewer } = ask
    if (viewer.kind !== 'staff') throw new NotFound()
    const project = await projectFor(ask.tx, viewer.partnership, ask.params['project'])
    const now = ask.house.now()
    return then(ask, {
      project,
      viewer,
      writes: await mayWrite(ask.tx, viewer, project.id),
      now,
      today: localDate(now, ask.place.zone),
      base: `/projects/${project.id}`,
    })
  }

/** And for whoever writes on it. @throws {NotFound} */
export const withWriter = (then: Then): Handler =>
  withProject((ask, at) => {
    if (!at.writes) throw new NotFound()
    return then(ask, at)
  })
