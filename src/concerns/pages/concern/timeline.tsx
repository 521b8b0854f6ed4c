import { fill, Timeline } from '../../../web/index.ts'
import { routeLabel } from '../../decision.ts'
import type { SeenEvent } from '../../opened.ts'
import type { Props } from './facts.ts'
import { named, when, Written } from '../said.tsx'
import { Section } from './said.tsx'

/** Everything that was done, newest first: who, when, in words. What needed a reason shows it. */
export const Happened = ({ ask, facts }: Props) => {
  const words = ask.w.duty.concern
  return (
    <Section id="timeline" title={words.sections.timeline}>
      <Timeline
        headingLevel={3}
        items={grouped(facts.events).map(({ event, times }) => ({
          label: `${sentence(ask, facts, event)}${times > 1 ? ` (${fill(words.times, { count: times })})` : ''}`,
          datetime: { timestamp: event.at.toISOString(), text: when(ask, event.at) },
          text: reasonOf(facts, event) ?? handedOnFor(ask, event),
        }))}
      />
    </Section>
  )
}

/** Looking again and again is one line: the last time, and how often in a row. */
const grouped = (events: readonly SeenEvent[]): { event: SeenEvent; times: number }[] => {
  const lines: { event: SeenEvent; times: number }[] = []
  for (const event of events) {
    const last = lines.at(-1)
    const again =
      last &&
      event.kind === 'concern opened' &&
      last.event.kind === event.kind &&
      last.event.staff_id === event.staff_id
    if (again) last.times++
    else lines.push({ event, times: 1 })
  }
  return lines
}

const sentence = (ask: Props['ask'], facts: Props['facts'], event: SeenEvent): string => {
  const { events, priorityShort, clocks, known, reporter, system, concern } = ask.w.duty
  const text = (name: string) => (typeof event.detail[name] === 'string' ? event.detail[name] : '')
  const template = (events as Record<string, string>)[event.kind] ?? event.kind.replace(/^./, (c) => c.toUpperCase())
  const who =
    event.viewer === 'staff'
      ? facts.named(event.staff_id)
      : event.viewer === 'reporter' || event.viewer === 'public'
        ? reporter
        : event.viewer === 'client'
          ? facts.agency(event.agency_id)
          : system
  return fill(template, {
    who,
    to: facts.named(text('to') || null),
    level: named(priorityShort, text('level')),
    agency: facts.agency(text('agency')),
    byAgency: facts.agency(event.agency_id ?? (text('told') || null)),
    known: named(known, text('known')),
    clock: named(clocks, text('clock')),
    route: routeLabel(text('route')),
    step: String(event.detail['step'] ?? ''),
    reference: concern.title,
  })
}

/** Why it changed hands, where a manager shared out somebody's work. */
const handedOnFor = (ask: Props['ask'], { kind, detail }: SeenEvent): string | undefined =>
  kind === 'concern handed on' && typeof detail['why'] === 'string'
    ? named(ask.w.duty.leaver.reasons, detail['why'])
    : undefined

/** The reason that belongs to an act, out of the row that holds it. */
const reasonOf = (facts: Props['facts'], { detail }: SeenEvent) => {
  const why =
    facts.priorities.find(({ id }) => id === detail['priority'])?.why ??
    facts.openings.find(({ id }) => id === detail['opening'])?.why ??
    facts.originals.find(({ id }) => id === detail['opening'])?.why ??
    facts.pauses.find(({ id }) => id === detail['pause'])?.why
  return why ? <Written>{why}</Written> : undefined
}
