import { namedFor } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import { fill, Link, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import type { Entry } from '../chronology.ts'

/** Names of those who may read each of these sealed entries: whoever sees one is named on it. */
export const namedOn = async (ask: Ask, entries: readonly Entry[]): Promise<Map<string, string>> => {
  const rows = entries.flatMap(({ id, handling }) => (handling === 2 ? [id] : []))
  const named = await namedFor(ask.tx, ask.place.id, rows)
  const names = await namesFor(ask.tx, [...named.values()].flat())
  return new Map([...named].map(([row, staff]) => [row, staff.flatMap((id) => names.get(id)?.name ?? []).join(', ')]))
}

export const NamedOn = (props: { ask: Ask; at: Through; entry: Entry; named: ReadonlyMap<string, string> }) => {
  const { ask, at, entry } = props
  if (entry.handling !== 2) return null
  const words = ask.w.subjects.names
  return (
    <p class="govuk-body-s">
      {fill(words.named, { names: props.named.get(entry.id) ?? '' })}{' '}
      <Link href={ask.href(`/people/${at.subject.id}/entries/${entry.id}/names`)}>{words.change}</Link>
    </p>
  )
}
