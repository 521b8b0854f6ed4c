import { abreast } from '../../platform/index.ts'
import { agencyNames } from '../../partnership/index.ts'
import { namesFor } from '../../staff/index.ts'
import type { Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { disagreementsOf, type Disagreement } from './disagreements.ts'
import { unownedAmong } from './owners.ts'
import { isOpen, isStuck, type Action, type Goal, type Kind, type Plan, type Review } from './plan.ts'
import { proposalsOf, type Proposal } from './proposal.ts'
import { actionsOf, goalsOf, planOf, reviewsOf } from './queries.ts'

export type Whole = {
  plan: Plan | undefined
  kind: Kind | undefined
  /** The day by which the next review is due. */
  next: string | undefined
  goals: Goal[]
  actions: Action[]
  reviews: Review[]
  stuck: Action[]
  unowned: Action[]
  disagreements: Disagreement[]
  proposals: Proposal[]
  /** Who an action is with, as the page says it. */
  ownerOf: (action: Pick<Action, 'owner_id' | 'owner_name' | 'owner_agency_id'>) => { name: string; agency: string }
  nameOf: (staff: string) => string
}

/** The whole plan as this viewer may see it, each kind of row asked once. */
export const wholePlan = async (ask: Ask, at: Through): Promise<Whole> => {
  const { tx, house } = ask
  const { partnership } = at.worker
  const of = [tx, house.keys, partnership, at.subject.id] as const
  const [plan, goals, actions, reviews, disagreements, proposals] = await abreast(
    tx,
    () => planOf(tx, partnership, at.subject.id),
    () => goalsOf(...of),
    () => actionsOf(...of),
    () => reviewsOf(...of),
    () => disagreementsOf(...of),
    () => proposalsOf(...of),
  )
  const open = actions.filter(isOpen)
  const staff = [...actions.flatMap(({ owner_id }) => owner_id ?? []), ...reviews.map(({ held_by }) => held_by)]
  const [gone, names, agencies] = await abreast(
    tx,
    () => unownedAmong(ask, at, open),
    () => namesFor(tx, staff),
    () => agencyNames(tx, [...new Set(actions.map(({ owner_agency_id }) => owner_agency_id))]),
  )
  const { somebody } = ask.w.plan
  return {
    plan,
    kind: reviews[0]?.kind ?? plan?.kind,
    next: reviews[0]?.next_on ?? plan?.review_on,
    goals,
    actions,
    reviews,
    stuck: open.filter((action) => isStuck(action, at.today) && !gone.has(action.id)),
    unowned: open.filter(({ id }) => gone.has(id)),
    disagreements,
    proposals,
    ownerOf: ({ owner_id, owner_name, owner_agency_id }) => ({
      name: owner_name || (names.get(owner_id ?? '')?.name ?? somebody),
      agency: agencies.get(owner_agency_id) ?? '',
    }),
    nameOf: (id) => names.get(id)?.name ?? somebody,
  }
}
