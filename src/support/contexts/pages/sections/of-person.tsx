import { asProduct } from '../../../../platform/index.ts'
import { Link, fill } from '../../../../web/index.ts'
import { isInCircle, tiedFor, type ContextKind } from '../../../../subjects/index.ts'
import { section } from '../../../person-section.ts'
import { dayOf } from '../../../plan/pages/dates.ts'
import { contextsOfPerson } from '../../queries.ts'

/** On the page of a person: the places and groups they are tied to, of those whose records open for this viewer. */
export const contextsOfPersonHere = section({
  title: (ask) => ask.w.contexts.people.ofPerson,
  ask: async (ask, at) => {
    const asked = () => contextsOfPerson(ask.tx, at.worker.partnership, at.subject.id, at.today)
    const ties = isInCircle(at) ? await asProduct(ask.tx, asked) : await asked()
    const clock = { now: at.now, zone: ask.place.zone }
    const ids = ties.map(({ subject_id }) => subject_id)
    const open = ids.length === 0 ? [] : await tiedFor(ask.tx, at.worker, ids, clock)
    return open.map((one) => ({ ...one, until: ties.find(({ subject_id }) => subject_id === one.subject)!.until_on }))
  },
  view: (ask, _, contexts) =>
    contexts.length === 0 ? null : (
      <ul class="trellis-rows">
        {contexts.map(({ subject, reference, kind, until }) => (
          <li class="trellis-row">
            <div>
              <Link href={ask.href(`/contexts/${subject}`)}>{reference}</Link>
              <span class="trellis-row__more">
                {ask.w.contexts.kinds[kind as ContextKind]} ·{' '}
                {fill(ask.w.contexts.people.ofPersonRow, { day: dayOf(ask, until) })}
              </span>
            </div>
          </li>
        ))}
      </ul>
    ),
})
