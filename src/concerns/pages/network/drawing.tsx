import { laidOut, NetworkLegend, NetworkPicture, thingKinds, type Drawn, type Laid } from '../../../joining/index.ts'
import { fill } from '../../../web/index.ts'
import { counted, named } from '../said.tsx'
import { daysOf, joinedFrom, longDays, nameOf, shortDays, tieInWords, type Facts } from './parts.ts'

/** So long a page waits for the picture of very many things; the list is there at once. */
const patience_ms = 400

/** Where everything stands; undefined while that is still being worked out. */
export const layoutFor = ({ view: { drawn } }: Facts): Promise<Laid | undefined> => {
  const numbers = new Map(drawn.things.map(({ key }, i) => [key, i]))
  const ties = drawn.ties.map(({ a, b }): [number, number] => [numbers.get(a)!, numbers.get(b)!])
  return laidOut({ things: drawn.things.length, ties }, patience_ms)
}

export const Drawing = ({ facts, laid, path }: { facts: Facts; laid: Laid | undefined; path: ReadonlySet<string> }) => {
  const { ask, view, start } = facts
  const words = ask.w.network.picture
  const { things, ties } = view.drawn
  const days = daysOf(ask, view.whole.ties)
  const numbers = new Map(things.map(({ key }, i) => [key, i]))
  const tiesOf = (key: string) => ties.filter(({ a, b }) => a === key || b === key).length
  const drawn = things.map((thing, i): Drawn => {
    const { key, kind } = thing
    const joined = joinedFrom(facts, thing)
    const parts = {
      kind: ask.w.network.kinds[kind],
      name: nameOf(facts, thing),
      days: longDays(ask, days.get(key)),
      ties: counted(words.ties, tiesOf(key)),
    }
    return {
      key,
      kind,
      label: parts.name,
      days: shortDays(ask, days.get(key)),
      name: [
        fill(words.thing, parts),
        ...(joined ? [fill(words.joinedFrom, { count: joined })] : []),
        ...(key === start.key ? [words.middle] : []),
      ].join(', '),
      href: `#thing-${i + 1}`,
      first: days.get(key)?.first ?? '',
      last: days.get(key)?.last ?? '',
      middle: key === start.key,
      onPath: path.has(key),
      beyond: view.beyond.get(key) ?? 0,
      joined,
      joinedText: words.joined,
    }
  })
  const tied = ties.map((tie) => ({
    a: numbers.get(tie.a)!,
    b: numbers.get(tie.b)!,
    name: tieInWords(facts, tie),
    first: daysOf(ask, [tie]).get(tie.a)?.first ?? '',
    weak: tie.how === 'called' || tie.how === 'asked',
    onPath: path.has(tie.a) && path.has(tie.b),
    said: tie.said.length,
  }))
  const title = fill(words.title, {
    things: counted(ask.w.network.countThings, things.length),
    ties: counted(words.ties, ties.length),
  })
  const kinds = thingKinds.filter((kind) => things.some((thing) => thing.kind === kind))
  return (
    <section aria-labelledby="picture">
      <h2 class="govuk-heading-m" id="picture">
        {words.heading}
      </h2>
      {laid ? (
        <div
          class="trellis-network__scroll"
          role="region"
          tabindex={0}
          aria-label={words.region}
          data-network-stage
          data-words={JSON.stringify({
            fit: words.fit,
            actual: words.actual,
            upTo: words.upTo,
            whole: words.whole,
          })}
        >
          <NetworkPicture laid={laid} title={title} description={words.description} things={drawn} ties={tied} />
        </div>
      ) : (
        <p class="govuk-inset-text" data-network-drawing>
          {words.drawing}{' '}
          <a class="govuk-link" href="">
            {words.reload}
          </a>
        </p>
      )}
      <h3 class="govuk-visually-hidden">{words.legend}</h3>
      <NetworkLegend kinds={kinds.map((kind) => ({ kind, text: named(ask.w.network.kinds, kind) }))} />
      <p class="govuk-body-s trellis-network__key">
        {words.thick} {words.weak} {view.beyond.size > 0 && words.more}{' '}
        {drawn.some(({ joined }) => joined > 0) && words.doubled}
      </p>
    </section>
  )
}
