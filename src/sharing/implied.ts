import { decide, refusals, type Decided, type Resource } from './decide.ts'
import type { Register } from './register.ts'

/**
 * Purposes that follow from where somebody sits, was asked or has sent something. Nobody states one, and none opens a row
 * about a subject: `is_implied` in the database (0041) knows the same three.
 */
export const impliedPurposes = ['front-door', 'asked', 'sent'] as const
export type ImpliedPurpose = (typeof impliedPurposes)[number]

export const isImplied = (purpose: string): purpose is ImpliedPurpose =>
  (impliedPurposes as readonly string[]).includes(purpose)

/**
 * `decide` for such a purpose: may this agency see that row of a concern. The lawful basis and condition are the clause's
 * own. Whoever sits there, was asked or has sent it is as near as the circle, and nobody named in a concern is known to be
 * anyone yet, so the age is unknown. The policies of the concerns say the same, and a test holds the two together.
 * @param named the viewer opened who reported it, with a reason (for rows of handling 2)
 */
export const decideImplied = (
  register: Register,
  agency: string,
  purpose: ImpliedPurpose,
  row: Omit<Resource, 'age'>,
  { now, named = false }: { now: Date; named?: boolean },
): Decided => {
  const until = new Date(now.getTime() + 1)
  const resource: Resource = { ...row, age: 'unknown' }
  const context = {
    register,
    now,
    named,
    conflict: false,
    closeness: 2,
    brokenGlass: false,
    secondApprover: false,
  } as const
  const grounds = register
    .between(agency, purpose, row.supplier)
    .permits.map(({ rule }) => ({ basis: [...rule.bases][0] ?? '', condition: [...rule.conditions][0] ?? '' }))
  // Where no clause speaks of the two, any basis gets the answer that says so.
  if (grounds.length === 0) grounds.push({ basis: 'public-task', condition: '' })
  const answers = grounds.map((ground) =>
    decide({ active: true, agency, stated: { purpose, ...ground, until } }, 'view', resource, context),
  )
  const place = (one: Decided): number => (one.effect === 'allow' ? refusals.length : refusals.indexOf(one.reason))
  return answers.reduce((best, one) => (place(one) > place(best) ? one : best))
}
