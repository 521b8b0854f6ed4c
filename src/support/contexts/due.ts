import { homeOf, isContext, type Through } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import { assessmentsIn } from './queries.ts'

/** The day by which somebody looks at what is known of a context again. */
export const contextDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href?: string }[]> => {
  if (!isContext(at.subject)) return []
  const [latest] = await assessmentsIn(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  if (!latest) return []
  return [{ on: latest.review_on, what: ask.w.contexts.assessment.due, href: `${homeOf(at.subject)}/assessment` }]
}
