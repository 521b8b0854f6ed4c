import { homeOf, isContext, type Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { assessmentsIn, closedAmong } from './queries.ts'

/** The day by which somebody looks at what is known of a context again. */
export const contextDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href?: string }[]> => {
  if (!isContext(at.subject)) return []
  const [latest] = await assessmentsIn(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const isOver = (await closedAmong(ask.tx, at.worker.partnership, [at.subject.id])).size > 0
  if (!latest || isOver) return []
  return [{ on: latest.review_on, what: ask.w.contexts.assessment.due, href: `${homeOf(at.subject)}/assessment` }]
}
