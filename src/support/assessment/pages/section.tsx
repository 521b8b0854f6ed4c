import { day } from '../../../subjects/index.ts'
import { fill, Link } from '../../../web/index.ts'
import { assessmentsOf, type Assessment } from '../queries.ts'
import { dayOf, judgedIn } from './assessments.tsx'
import { section } from '../../person-section.ts'

/** What was judged last, when it is looked at again, and what is being written now. */
export const assessmentsHere = section({
  title: (ask) => ask.w.assessment.section.title,
  href: 'assessments',
  ask: (ask, at) => assessmentsOf(ask.tx, at.worker.partnership, at.subject.id),
  isEmpty: (all) => linesOf(all).length === 0,
  view: (ask, at, all) => {
    const words = ask.w.assessment
    return (
      <ul class="trellis-rows">
        {linesOf(all).map(({ id, purpose, finish, started_at }) => (
          <li class="trellis-row">
            <div>
              <Link href={ask.href(`/people/${at.subject.id}/assessments/${id}`)}>
                {finish
                  ? (judgedIn(ask, finish) ?? words.purposes[purpose])
                  : fill(words.section.open, { purpose: words.purposes[purpose], day: day(ask, started_at) })}
              </Link>
              {finish && (
                <span class="trellis-row__more">
                  {words.purposes[purpose]}, {day(ask, finish.finished_at)}
                  {finish.review_on && `. ${fill(words.list.review, { day: dayOf(ask, finish.review_on) })}`}
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    )
  },
  shown: (all) => all.map(({ started_by, data_class, handling }) => ({ entered_by: started_by, data_class, handling })),
})

/** What was judged last, and all that is open. */
const linesOf = (all: readonly Assessment[]): readonly Assessment[] => {
  const last = all.find(({ finish, purpose }) => finish !== null && purpose !== 'capacity')
  return [...(last ? [last] : []), ...all.filter(({ finish }) => finish === null)]
}
