import { fill, type Ask } from '../../../web/index.ts'
import { isFromAgency } from '../../concern.ts'
import type { Pattern } from '../../patterns/pattern.ts'
import { counted, Moment, named, soon } from '../said.tsx'

/** What a rule says, with its numbers. */
export const sentenceOf = (
  ask: Ask,
  rule: { code: string; least: number; days: number; before_days: number | null },
): string =>
  fill(named(ask.w.patterns.sentences, rule.code), {
    least: rule.least,
    days: rule.days,
    before: rule.before_days ?? '',
  })

/** What is there, counted: never more than that. */
export const factsIn = (ask: Ask, pattern: Pattern): string => {
  const words = ask.w.patterns
  const { concerns } = pattern
  const sources = new Set(concerns.map(({ channel, agency_id }) => (isFromAgency(channel) ? agency_id : 'public')))
  return fill(named(words.facts, pattern.code), {
    thing: `${named(words.things, pattern.thing_kind)} ${pattern.said}`,
    concerns: counted(words.countConcerns, concerns.length),
    sources: counted(words.countSources, sources.size),
    from: soon(ask, concerns[0]!.received_at),
    until: soon(ask, concerns.at(-1)!.received_at),
  })
}

/** The concerns that a pattern rests on, each with who said it and when. */
export const PatternConcerns = (props: { ask: Ask; pattern: Pattern; agencies: ReadonlyMap<string, string> }) => {
  const { ask, pattern, agencies } = props
  return (
    <ul class="govuk-list govuk-list--bullet">
      {pattern.concerns.map(({ id, reference, channel, agency_id, received_at }) => (
        <li>
          <a class="govuk-link" href={ask.href(`/concerns/${id}`)}>
            {reference}
          </a>{' '}
          {isFromAgency(channel) ? agencies.get(agency_id) : ask.w.patterns.public},{' '}
          <Moment ask={ask} at={received_at} />
        </li>
      ))}
    </ul>
  )
}
