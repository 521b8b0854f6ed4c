import type { Through } from '../../subjects/index.ts'
import type { Action } from './plan.ts'

/** Whoever works with the person keeps the plan. The glass stands in for that for an hour and makes nobody one of them. */
export const mayPlan = ({ ties }: Through): boolean => ties.closeness >= 2

/** And what became of an action is said by them, or by a colleague of its owner's agency. */
export const maySayOf = (at: Through, { owner_agency_id }: Pick<Action, 'owner_agency_id'>): boolean =>
  mayPlan(at) || (at.ties.closeness === 1 && owner_agency_id === at.worker.agency)
