import { Chronology, homeOf, Pinned } from '../../../subjects/index.ts'
import { Details, Link } from '../../../web/index.ts'
import { readChronology, type Chronicle } from '../../chronology/chronology.ts'
import { section } from '../../person-section.ts'
import { counted } from '../../plan/pages/dates.ts'

/** As many entries as are asked for; of them and what stands between, so much stands open, some of it written by people. */
const latest = 5
const atOnce = { all: 3, written: 2 }

/** What the team keeps in view, and the latest of the story: what comes before that is folded, and all of it one link away. */
export const whatHappenedHere = section({
  title: (ask) => ask.w.subjects.person.chronology,
  href: 'chronology',
  ask: (ask, at) => readChronology(ask, at, { wanted: {}, page: 1, size: latest, all: false }),
  view: (ask, at, told) => {
    const count = told.entries.length + told.lines.length
    if (count === 0) return <p class="govuk-body">{ask.w.subjects.person.empty}</p>
    const [first, before] = cut(told)
    const folded = before.entries.length + before.lines.length
    return (
      <>
        <Pinned ask={ask} at={at} entries={told.pinned} />
        <Chronology ask={ask} at={at} headingLevel={3} {...first} />
        {folded > 0 && (
          <Details summary={counted(ask.w.support.chronology.before, folded)}>
            <Chronology ask={ask} at={at} headingLevel={3} {...before} />
          </Details>
        )}
        <p class="govuk-body">
          <Link href={ask.href(`${homeOf(at.subject)}/chronology`)}>{ask.w.support.chronology.whole}</Link>
        </p>
      </>
    )
  },
  shown: ({ entries, pinned }) => [...entries, ...pinned],
})

/** The newest few of entries and lines together, and the others. */
const cut = (told: Chronicle): [Chronicle, Chronicle] => {
  const newest = [
    ...told.entries.map(({ id, happened_at }) => ({ id, at: happened_at, isWritten: true })),
    ...told.lines.map(({ id, at }) => ({ id, at, isWritten: false })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime())
  const written = newest.flatMap(({ isWritten }, index) => (isWritten ? [index] : []))
  const last = written[Math.min(atOnce.written, written.length) - 1] ?? 0
  const first = new Set(newest.slice(0, Math.max(atOnce.all, last + 1)).map(({ id }) => id))
  const part = (isFirst: boolean): Chronicle => ({
    ...told,
    entries: told.entries.filter(({ id }) => first.has(id) === isFirst),
    lines: told.lines.filter(({ id }) => first.has(id) === isFirst),
  })
  return [part(true), part(false)]
}
