import { Chronology, homeOf, Pinned } from '../../../subjects/index.ts'
import { Link } from '../../../web/index.ts'
import { readChronology } from '../../chronology/chronology.ts'
import { section } from '../../person-section.ts'

/** As much as fits a telephone; the whole story is one link away. */
const latest = 5

/** What the team keeps in view, and the latest of the story. */
export const whatHappenedHere = section({
  title: (ask) => ask.w.subjects.person.chronology,
  href: 'chronology',
  ask: (ask, at) => readChronology(ask, at, { wanted: {}, page: 1, size: latest, all: false }),
  view: (ask, at, told) =>
    told.entries.length + told.lines.length === 0 ? (
      <p class="govuk-body">{ask.w.subjects.person.empty}</p>
    ) : (
      <>
        <Pinned ask={ask} at={at} entries={told.pinned} />
        <Chronology ask={ask} at={at} headingLevel={3} {...told} />
        <p class="govuk-body">
          <Link href={ask.href(`${homeOf(at.subject)}/chronology`)}>{ask.w.support.chronology.whole}</Link>
        </p>
      </>
    ),
  shown: ({ entries, pinned }) => [...entries, ...pinned],
})
