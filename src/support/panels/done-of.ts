import type { Ask } from '../../web/index.ts'
import type { Action } from '../plan/plan.ts'
import { proposalsOf, type Proposal } from '../plan/proposal.ts'
import { actionsOf } from '../plan/queries.ts'
import type { Decision } from './minutes.ts'

/** What came of what was decided about somebody, in their plan or beside it, as far as the viewer sees it. */
export const doneOf = async (
  ask: Ask,
  partnership: string,
  { subject, decisions }: { subject: string; decisions: readonly Decision[] },
): Promise<{ actions: Action[]; proposals: Proposal[] }> => {
  const of = [ask.tx, ask.house.keys, partnership, subject] as const
  const actions = decisions.length ? await actionsOf(...of) : []
  const proposals = decisions.some(({ proposal_id }) => proposal_id) ? await proposalsOf(...of) : []
  return { actions, proposals }
}
