import { fill, Link, type Ask } from '../../web/index.ts'
import type { Entry } from '../chronology.ts'
import type { Through } from '../gate.ts'
import { day } from './moment.ts'

/** What the team keeps in view, above the rest. */
export const Pinned = ({ ask, at, entries }: { ask: Ask; at: Through; entries: readonly Entry[] }) => {
  const words = ask.w.subjects.entry
  if (entries.length === 0) return null
  const kinds: Record<string, string> = ask.w.subjects.entryKinds
  return (
    <section class="trellis-pinned" aria-label={words.pinned}>
      <h2 class="govuk-heading-s">{words.pinned}</h2>
      <ul class="govuk-list govuk-list--spaced">
        {entries.map((entry) => (
          <li>
            <Link href={ask.href(`/people/${at.subject.id}/entries/${entry.id}`)}>
              {fill(words.pinnedOne, {
                kind: kinds[entry.kind] ?? entry.kind,
                day: day(ask, entry.happened_at),
              })}
            </Link>
            <div class="trellis-words" dir="auto">
              {entry.words}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
