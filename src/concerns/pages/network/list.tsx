import { thingKinds, type Thing, type Tie } from '../../../joining/index.ts'
import { fill } from '../../../web/index.ts'
import { networkAddress } from '../../network-options.ts'
import { counted, Moment, named } from '../said.tsx'
import { daysOf, joinedFrom, longDays, nameOf, whoSaid, type Facts } from './parts.ts'

/** So many of those who said one thing are listed; a page of a thousand lines helps nobody. */
const most_said = 5

/** The network in words: each thing with what it is tied to, and each tie with who says so and when. */
export const NetworkList = ({ facts }: { facts: Facts }) => {
  const { ask, view } = facts
  const words = ask.w.network
  const numbers = new Map(view.drawn.things.map(({ key }, i) => [key, i + 1]))
  const days = daysOf(ask, view.whole.ties)
  const groups = thingKinds
    .map((kind) => ({ kind, things: view.drawn.things.filter((thing) => thing.kind === kind) }))
    .filter(({ things }) => things.length > 0)
  return (
    <section aria-labelledby="list">
      <h2 class="govuk-heading-m" id="list">
        {words.list.heading}
      </h2>
      {groups.map(({ kind, things }) => (
        <>
          <h3 class="govuk-heading-s trellis-network__kind">{words.kindsMany[kind]}</h3>
          <ul class="trellis-network__list">
            {things.map((thing) => (
              <li id={`thing-${numbers.get(thing.key)}`} class="trellis-network__item">
                <h4 class="govuk-body trellis-network__name">
                  <bdi>{nameOf(facts, thing)}</bdi>{' '}
                  <span class="govuk-hint trellis-inline">
                    {[
                      ...thing.notes.map((note) => named(ask.w.duty.parts, note)),
                      longDays(ask, days.get(thing.key)),
                      ...(joinedFrom(facts, thing)
                        ? [fill(words.picture.joinedFrom, { count: joinedFrom(facts, thing) })]
                        : []),
                      ...(thing.key === facts.start.key ? [words.list.middle] : []),
                    ].join(' · ')}
                  </span>
                </h4>
                {thing.labels.length > 1 && (
                  <p class="govuk-body-s">
                    {fill(words.alsoSaid, { labels: thing.labels.filter((one) => one !== thing.label).join(', ') })}
                  </p>
                )}
                <Joins facts={facts} thing={thing} />
                <ul class="govuk-list trellis-network__ties">
                  {view.drawn.ties
                    .filter(({ a, b }) => a === thing.key || b === thing.key)
                    .map((tie) => (
                      <TieLine facts={facts} thing={thing} tie={tie} number={(key) => numbers.get(key)!} />
                    ))}
                </ul>
                <Doors facts={facts} thing={thing} />
              </li>
            ))}
          </ul>
        </>
      ))}
    </section>
  )
}

/** That it is one because somebody said so. */
const Joins = ({ facts: { ask, same, agencies, staff: names }, thing }: { facts: Facts; thing: Thing }) =>
  same
    .filter(({ a }) => thing.ids.includes(a))
    .map(({ agency, staff, at }) => (
      <p class="govuk-body-s">
        {fill(ask.w.network.joined, { name: names.get(staff)?.name ?? '', agency: agencies.get(agency) ?? '' })},{' '}
        <Moment ask={ask} at={at} />
      </p>
    ))

type Line = { facts: Facts; thing: Thing; tie: Tie; number: (key: string) => number }

const TieLine = ({ facts, thing, tie, number }: Line) => {
  const { ask, view } = facts
  const words = ask.w.network
  const key = tie.a === thing.key ? tie.b : tie.a
  const other = view.drawn.things.find((one) => one.key === key)!
  const said = tie.said.slice(-most_said).toReversed()
  return (
    <li>
      {tie.b === thing.key ? words.hows[tie.how] : `${words.kinds[other.kind]}:`}{' '}
      <a class="govuk-link govuk-link--no-visited-state" href={`#thing-${number(key)}`}>
        <bdi>{nameOf(facts, other)}</bdi>
      </a>
      <ul class="trellis-network__said">
        {said.map((one) => (
          <li>
            {whoSaid(facts, one)}, <Moment ask={ask} at={one.at} />
            {other.kind !== 'concern' && thing.kind !== 'concern' && one.concern && (
              <> · {facts.references.get(one.concern)}</>
            )}
          </li>
        ))}
        {tie.said.length > said.length && <li>{counted(words.moreSaid, tie.said.length - said.length)}</li>}
      </ul>
    </li>
  )
}

/** What can be done with one thing: see it, open it further, find the way to it. */
const Doors = ({ facts, thing }: { facts: Facts; thing: Thing }) => {
  const { ask, options, id, start, view } = facts
  const words = ask.w.network.list
  const beyond = view.beyond.get(thing.key)
  const one = thing.ids[0]!
  const doors: { href: string; text: string; swap?: boolean }[] = []
  if (thing.kind === 'concern') doors.push({ href: `/concerns/${one}`, text: words.concern })
  if (thing.kind === 'record') doors.push({ href: `/people/${one.replace('record-', '')}`, text: words.record })
  if (beyond)
    doors.push({
      href: networkAddress(id, { ...options, open: [...options.open, one] }),
      text: fill(words.open, { count: beyond }),
      swap: true,
    })
  if (thing.key !== start.key && thing.kind !== 'agency' && thing.kind !== 'record') {
    doors.push({ href: networkAddress(one), text: words.centre })
    doors.push({ href: networkAddress(id, { ...options, to: one }), text: words.path, swap: true })
  }
  if (doors.length === 0) return null
  return (
    <p class="govuk-body-s trellis-network__doors trellis-screen-only">
      {doors.map(({ href, text, swap }) => (
        <a class="govuk-link govuk-link--no-visited-state" href={ask.href(href)} data-network-swap={swap}>
          {text}
          <span class="govuk-visually-hidden">: {nameOf(facts, thing)}</span>
        </a>
      ))}
    </p>
  )
}
