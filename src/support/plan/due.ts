import { abreast, localDate } from '../../platform/index.ts'
import { homeOf, isContext, type Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { isClosed } from '../closure/closure.ts'
import { closuresOf } from '../closure/queries.ts'
import { closedAmong } from '../contexts/queries.ts'
import { disagreementsOf } from './disagreements.ts'
import { counted } from './pages/dates.ts'
import { isOpen } from './plan.ts'
import { isWaiting, proposalsOf, type Proposal } from './proposal.ts'
import { actionsOf, planOf, reviewsOf } from './queries.ts'

/** The days of a person's plan: each open action's and proposed one's, and the next review's. */
export const planDue = async (
  ask: Ask,
  at: Through,
): Promise<{ on: string; what: string; href?: string; waits?: boolean }[]> => {
  const { partnership } = at.worker
  const of = [ask.tx, ask.house.keys, partnership, at.subject.id] as const
  const href = `${homeOf(at.subject)}/plan`
  const [plan, all, disagreements, proposals, [last], [closure], over] = await abreast(
    ask.tx,
    () => planOf(ask.tx, partnership, at.subject.id),
    () => actionsOf(...of),
    () => disagreementsOf(...of),
    () => proposalsOf(...of),
    () => reviewsOf(...of),
    () => closuresOf(...of),
    () => closedAmong(ask.tx, partnership, isContext(at.subject) ? [at.subject.id] : []),
  )
  const actions = all.filter(isOpen)
  const disagreed = disagreements.filter(({ answered_at }) => !answered_at)
  const closed = closure && isClosed(closure)
  const isOver = over.size > 0
  const review = last?.next_on ?? plan?.review_on
  return [
    ...actions.map(({ id, due_on, words }) => ({ on: due_on, what: words, href: `${href}/actions/${id}` })),
    ...disagreed.map(({ id, due_on }) => ({
      on: due_on,
      what: ask.w.plan.disagreed.due,
      href: `${href}/disagreed/${id}`,
    })),
    ...waitingOf(ask, proposals, `${href}#proposed`),
    ...(closed ? [{ on: closure.until_on, what: ask.w.plan.due_lines.watch, href }] : []),
    ...(review && !closed && !isOver ? [{ on: review, what: ask.w.plan.due_lines.review, href }] : []),
  ]
}

/**
 * However many wait, they are answered in one place: a line each would stand before what is really late. Where none was
 * proposed for a day, nothing is late, and the line says since when they wait.
 */
const waitingOf = (ask: Ask, proposals: readonly Proposal[], href: string) => {
  const waiting = proposals.filter(isWaiting)
  const [by] = waiting.flatMap(({ due_on }) => due_on ?? []).sort()
  const [since] = waiting.map(({ proposed_at }) => localDate(proposed_at, ask.place.zone)).sort()
  const what = counted(ask.w.plan.proposed.due, waiting.length)
  if (by) return [{ on: by, what, href }]
  return since ? [{ on: since, what, href, waits: true }] : []
}
