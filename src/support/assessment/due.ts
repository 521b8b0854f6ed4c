import type { Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { assessmentsOf } from './queries.ts'

/** The day on which the latest assessment of each kind is to be looked at again; one that is open looks at it. */
export const assessmentsDue = async (ask: Ask, at: Through): Promise<{ on: string; what: string; href: string }[]> => {
  const all = await assessmentsOf(ask.tx, at.worker.partnership, at.subject.id)
  const { reviewDue, purposes } = ask.w.assessment
  return all.flatMap(({ id, purpose, finish, started_at }) => {
    const isLatest = !all.some((one) => one.purpose === purpose && one.started_at > started_at)
    if (!isLatest || !finish?.review_on) return []
    const what = fill(reviewDue, { purpose: purposes[purpose].toLowerCase() })
    return [{ on: finish.review_on, what, href: `/people/${at.subject.id}/assessments/${id}` }]
  })
}
