import { asProduct, type Tx } from '../../platform/index.ts'
import {
  actionsOf,
  agreementsOf,
  aimsOf,
  applicationOf,
  differencesOf,
  leadersOf,
  membersOf,
  projectFor,
  specificationOf,
  sponsorsOf,
} from './queries.ts'
import { reportOf } from './report-state.ts'
import { groupsOf, logOf, sessionsOf } from './session-queries.ts'

/** Everything of a project that says how far it is, for whoever reads it already. */
export const stateOf = (tx: Tx, partnership: string, id: string) =>
  asProduct(tx, async () => ({
    project: await projectFor(tx, partnership, id),
    members: await membersOf(tx, partnership, id),
    application: await applicationOf(tx, partnership, id),
    agreements: await agreementsOf(tx, partnership, id),
    leaders: await leadersOf(tx, partnership, id),
    differences: await differencesOf(tx, partnership, id),
    aims: await aimsOf(tx, partnership, id),
    specification: await specificationOf(tx, partnership, id),
    sponsors: await sponsorsOf(tx, partnership, id),
    sessions: await sessionsOf(tx, partnership, id),
    groups: await groupsOf(tx, partnership, id),
    log: await logOf(tx, partnership, id),
    actions: await actionsOf(tx, partnership, id),
    report: await reportOf(tx, partnership, id),
  }))

export type State = Awaited<ReturnType<typeof stateOf>>
