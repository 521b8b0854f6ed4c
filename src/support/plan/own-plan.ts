import { sql } from 'kysely'
import { agencyNames } from '../../partnership/index.ts'
import { asProduct, type PersonViewer } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import { involvedWith } from '../../sharing/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { disagreementsOf, type Disagreement } from './disagreements.ts'
import { guardOf, isForThePerson, type Action, type Goal, type Part } from './plan.ts'
import { actionsOf, goalsOf, planOf } from './queries.ts'

export type OwnPlan = {
  goals: Goal[]
  actions: Action[]
  disagreements: Disagreement[]
  /** The day of the next review; undefined where there is none to come. */
  next: string | undefined
  ownerOf: (action: Action) => { name: string; agency: string }
}

/**
 * The plan as its own person reads it: what row-level security opens to them, and of that what is for them. How somebody
 * else is stopped is not among it, and what others said along the way neither.
 */
export const ownPlan = async (ask: Ask, viewer: PersonViewer): Promise<OwnPlan | undefined> => {
  const { tx, house } = ask
  const of = [tx, house.keys, viewer.partnership, viewer.subject] as const
  const plan = await planOf(tx, viewer.partnership, viewer.subject)
  if (!plan) return undefined
  const goals = (await goalsOf(...of)).filter(({ part, outcome }) => isTold(part) && outcome === null)
  const actions = (await actionsOf(...of)).filter(({ part, said }) => isTold(part) && said !== 'not done')
  const disagreements = viewer.as === 'themself' ? await disagreementsOf(...of) : []
  const names = await asProduct(tx, () =>
    namesFor(
      tx,
      actions.flatMap(({ owner_id }) => owner_id ?? []),
    ),
  )
  const agencies = await agencyNames(
    tx,
    actions.map(({ owner_agency_id }) => owner_agency_id),
  )
  return {
    goals,
    actions,
    disagreements,
    next: await nextReviewOf(ask, viewer),
    ownerOf: ({ owner_id, owner_name, owner_agency_id }) => ({
      name: owner_name || (names.get(owner_id ?? '')?.name ?? ask.w.plan.somebody),
      agency: agencies.get(owner_agency_id) ?? '',
    }),
  }
}

const isTold = (part: Part): boolean => isForThePerson(part) && guardOf(part).handling === '0'

/** Who is to be there when the plan is looked at: by name who leads and whom they trust, by agency whoever else works with them. */
export const whoComes = async (ask: Ask, { partnership, subject }: PersonViewer): Promise<string[]> => {
  const near = ['lead', 'trusted adult', 'circle']
  const all = (await involvedWith(ask.tx, partnership, subject, ask.house.now())).filter(({ role }) =>
    near.includes(role),
  )
  const known = all.flatMap(({ role, staff_id }) => (role === 'circle' ? [] : (staff_id ?? [])))
  const names = await asProduct(ask.tx, () => namesFor(ask.tx, known))
  const agencies = await agencyNames(
    ask.tx,
    all.map(({ agency_id }) => agency_id),
  )
  const somebody = ask.w.own.plan.somebodyFrom
  const called = all.map(({ staff_id, agency_id }) => {
    const agency = agencies.get(agency_id) ?? ''
    const name = names.get(staff_id ?? '')?.name
    return name ? `${name}, ${agency}` : fill(somebody, { agency })
  })
  return [...new Set(called)]
}

/** A review's words are not theirs to read here, the day of the next one is: so the product asks for it. */
export const nextReviewOf = (ask: Ask, { partnership, subject }: PersonViewer): Promise<string | undefined> =>
  asProduct(ask.tx, async () => {
    const { rows } = await sql<{ next: string }>`
      select coalesce((select r.next_on from plan_review r where r.partnership_id = p.partnership_id
        and r.subject_id = p.subject_id order by r.held_at desc limit 1), p.review_on)::text as next
      from plan p where p.partnership_id = ${partnership} and p.subject_id = ${subject}
        and not exists (select from plan_closure c where c.partnership_id = p.partnership_id
          and c.subject_id = p.subject_id and c.closed_at is not null and c.ended_at is null)`.execute(ask.tx)
    return rows[0]?.next
  })
