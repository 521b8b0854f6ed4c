import { homeOf, isContext, type Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { isClosed } from '../closure/closure.ts'
import { closuresOf } from '../closure/queries.ts'
import { closedAmong } from '../contexts/queries.ts'
import { disagreementsOf } from './disagreements.ts'
import { isOpen } from './plan.ts'
import { actionsOf, planOf, reviewsOf } from './queries.ts'

/** The days of a person's plan: each open action's, and the next review's. */
export const planDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href?: string }[]> => {
  const { partnership } = at.worker
  const of = [ask.tx, ask.house.keys, partnership, at.subject.id] as const
  const plan = await planOf(ask.tx, partnership, at.subject.id)
  const href = `${homeOf(at.subject)}/plan`
  const actions = (await actionsOf(...of)).filter(isOpen)
  const disagreed = (await disagreementsOf(...of)).filter(({ answered_at }) => !answered_at)
  const [last] = plan ? await reviewsOf(...of) : []
  const [closure] = plan ? await closuresOf(...of) : []
  const closed = closure && isClosed(closure)
  const isOver = isContext(at.subject) && (await closedAmong(ask.tx, partnership, [at.subject.id])).size > 0
  const review = last?.next_on ?? plan?.review_on
  return [
    ...actions.map(({ id, due_on, words }) => ({ on: due_on, what: words, href: `${href}/actions/${id}` })),
    ...disagreed.map(({ id, due_on }) => ({
      on: due_on,
      what: ask.w.plan.disagreed.due,
      href: `${href}/disagreed/${id}`,
    })),
    ...(closed ? [{ on: closure.until_on, what: ask.w.plan.due_lines.watch, href }] : []),
    ...(review && !closed && !isOver ? [{ on: review, what: ask.w.plan.due_lines.review, href }] : []),
  ]
}
