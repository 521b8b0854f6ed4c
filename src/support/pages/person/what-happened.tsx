import { Chronology, whatHappened } from '../../../subjects/index.ts'
import { fill } from '../../../web/index.ts'
import { section } from '../../person-section.ts'

const first = 200
const most = 10_000

export const whatHappenedHere = section({
  title: (ask) => ask.w.subjects.person.chronology,
  ask: (ask, at) => whatHappened(ask, at, ask.query['all'] === undefined ? first : most),
  view: (ask, at, told) => {
    const words = ask.w.subjects.person
    if (told.entries.length === 0) return <p class="govuk-body">{words.empty}</p>
    return (
      <>
        <Chronology ask={ask} at={at} {...told} />
        {told.entries.length === first && (
          <p class="govuk-body">
            <a class="govuk-link" href={ask.href(`/people/${at.subject.id}?all`)}>
              {fill(words.earlier, { count: first })}
            </a>
          </p>
        )}
      </>
    )
  },
  shown: ({ entries }) => entries,
})
