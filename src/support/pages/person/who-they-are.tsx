import { isInCircle, Known, whoTheyAre } from '../../../subjects/index.ts'
import { section } from '../../person-section.ts'

export const whoTheyAreHere = section({
  title: (ask) => ask.w.subjects.person.who,
  ask: whoTheyAre,
  view: (ask, at, told) =>
    told.identities.length === 0 && !isInCircle(at) ? null : (
      <>
        <Known ask={ask} {...told} />
        {isInCircle(at) && (
          <p class="govuk-body trellis-screen-only">
            <a class="govuk-link" href={ask.href(`/people/${at.subject.id}/known`)}>
              {ask.w.subjects.known.link}
            </a>
          </p>
        )}
      </>
    ),
})
