import { seenTogether, type Step } from '../../../joining/index.ts'
import { Button, fill, Select, Table } from '../../../web/index.ts'
import { networkAddress, networkFields } from '../../network-options.ts'
import { dayInWords } from '../said.tsx'
import { dayOf, nameOf, tieInWords, whoSaid, type Facts } from './parts.ts'

/** The way between two things, in words: each step with who says so and when, and since when the whole of it holds. */
export const Path = ({ facts, steps }: { facts: Facts; steps: readonly Step[] | undefined }) => {
  const { ask, options, id, start, view } = facts
  const words = ask.w.network.path
  const to = view.whole.things.find(({ ids }) => ids.includes(options.to ?? ''))
  if (!options.to) return null
  return (
    <section class="trellis-network__path" aria-labelledby="path">
      <h2 class="govuk-heading-m" id="path">
        {to ? fill(words.heading, { a: nameOf(facts, start), b: nameOf(facts, to) }) : words.choose}
      </h2>
      {!steps && <p class="govuk-body">{words.none}</p>}
      {steps && steps.length > 0 && (
        <>
          <ol class="govuk-list govuk-list--number">
            {steps.map(({ tie }) => (
              <li>
                <bdi>{tieInWords(facts, tie)}</bdi>
                <span class="trellis-network__said">
                  {' '}
                  {fill(ask.w.network.saidHere, {
                    who: whoSaid(facts, tie.said[0]!),
                    when: dayInWords(dayOf(ask, tie.said[0]!.at)),
                  })}
                </span>
              </li>
            ))}
          </ol>
          <p class="govuk-body">{fill(words.since, { date: dayInWords(tiedSince(facts, steps)) })}</p>
        </>
      )}
      <p class="govuk-body">
        <a
          class="govuk-link govuk-link--no-visited-state"
          href={ask.href(networkAddress(id, { ...options, to: undefined }))}
          data-network-swap
        >
          {words.clear}
        </a>
      </p>
    </section>
  )
}

/** Each step holds from the day when it was first said; the path from the day of the last of them. */
const tiedSince = ({ ask }: Facts, steps: readonly Step[]): string =>
  steps
    .map(({ tie }) => dayOf(ask, tie.said[0]!.at))
    .sort()
    .at(-1)!

/** A path to anything that is tied, also to what is too far away to be drawn. */
export const PathForm = ({ facts }: { facts: Facts }) => {
  const { ask, options, id, start, view } = facts
  const words = ask.w.network
  const others = view.whole.things.filter(({ key, kind }) => key !== start.key && kind !== 'agency')
  if (others.length === 0) return null
  return (
    <form method="get" action={ask.href(`/network/${id}`)} class="trellis-network__ask trellis-screen-only">
      {Object.entries(networkFields({ ...options, to: undefined })).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Select
        name="to"
        label={words.path.to}
        value={options.to}
        items={[
          { value: '', text: words.path.pick },
          ...others.map((thing) => ({
            value: thing.ids[0]!,
            text: `${words.kinds[thing.kind]}: ${nameOf(facts, thing)}`,
            selected: thing.ids.includes(options.to ?? ''),
          })),
        ]}
      />
      <Button classes="govuk-button--secondary">{words.path.button}</Button>
    </form>
  )
}

/** Which things are said together: how often, by how many, since when. Counted, and never weighed. */
export const SaidTogether = ({ facts }: { facts: Facts }) => {
  const { ask, view } = facts
  const words = ask.w.network.together
  const pairs = seenTogether(view.whole)
  const day = (at: Date) => dayInWords(dayOf(ask, at))
  return (
    <section aria-labelledby="together">
      <h2 class="govuk-heading-m" id="together">
        {words.heading}
      </h2>
      {pairs.length === 0 ? (
        <p class="govuk-body">{words.none}</p>
      ) : (
        <>
          <p class="govuk-body">
            {words.intro} {words.note}
          </p>
          <div class="trellis-network__table" role="group" tabindex={0} aria-labelledby="together">
            <Table
              head={[
                words.a,
                words.b,
                { text: words.concerns, format: 'numeric' },
                { text: words.sources, format: 'numeric' },
                words.since,
                words.until,
              ]}
              rows={pairs.map(({ a, b, concerns, agencies, first, last }) => [
                <bdi>{nameOf(facts, a)}</bdi>,
                <bdi>{nameOf(facts, b)}</bdi>,
                { text: concerns, format: 'numeric' },
                { text: agencies, format: 'numeric' },
                day(first),
                day(last),
              ])}
            />
          </div>
        </>
      )}
    </section>
  )
}
