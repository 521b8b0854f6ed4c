import { namesFor } from '../../../staff/index.ts'
import { moment } from '../../../subjects/index.ts'
import { Button, fill, Select, Tag, type Ask } from '../../../web/index.ts'
import { changed, type Piece } from '../diff.ts'
import { signaturesOf } from '../sign.ts'
import { places, toldIn, type Place } from '../told.ts'
import { versionOf, versionsOf, type VersionItem } from '../version.ts'
import { reportPage, withReport } from './frame.tsx'

/** Every version of a report, and what changed between two of them, word by word. */
export const versionsPage = withReport(async (ask, at) => {
  const { partnership } = at.viewer
  const words = ask.w.learningReport.form
  const all = await versionsOf(ask.tx, partnership, at.report.id)
  const signatures = await signaturesOf(ask.tx, partnership, at.report.id)
  const names = await namesFor(
    ask.tx,
    all.flatMap(({ made_by, writers }) => [made_by, ...writers]),
  )
  const writersOf = ({ made_by, writers }: VersionItem): string =>
    [...new Set([...writers, made_by])]
      .map((id) => names.get(id)?.name ?? words.somebody)
      .toSorted()
      .join(', ')
  const numbers = all.map(({ number }) => number)
  const chosen = (name: 'from' | 'to', otherwise: number | undefined): number | undefined =>
    numbers.find((number) => String(number) === ask.query[name]) ?? otherwise
  const to = chosen('to', numbers[0])
  const from = chosen('from', numbers.find((number) => number < (to ?? 0)) ?? numbers.at(-1))
  const isCompared = all.length > 1 && from !== undefined && to !== undefined && from !== to
  const before = isCompared ? await versionOf(ask.tx, partnership, at.report.id, Math.min(from, to)) : undefined
  const after = isCompared ? await versionOf(ask.tx, partnership, at.report.id, Math.max(from, to)) : undefined
  const items = all.map(({ number, made_at }) => ({
    value: number,
    text: fill(words.versions.option, { number, when: moment(ask, made_at) }),
  }))
  return reportPage({
    ask,
    at,
    title: words.versions.title,
    back: { href: at.base, text: words.backTo },
    children: (
      <>
        <p class="govuk-body">{words.versions.intro}</p>
        <ul class="trellis-rows">
          {all.map((version) => (
            <li class="trellis-row">
              <div>
                {fill(words.versions.option, { number: version.number, when: moment(ask, version.made_at) })}
                <span class="trellis-row__more">{fill(words.versions.by, { names: writersOf(version) })}</span>
              </div>
              <div class="trellis-row__tags">
                {signatures
                  .filter((one) => one.version === version.number)
                  .map(({ side, name }) => (
                    <Tag>{fill(words.versions.signed, { name, side: words.sides[side] })}</Tag>
                  ))}
              </div>
            </li>
          ))}
        </ul>
        {all.length > 1 ? (
          <>
            <form method="get" action={ask.href(`${at.base}/versions`)}>
              <Select name="from" label={words.versions.from} items={items} value={from} />
              <Select name="to" label={words.versions.to} items={items} value={to} />
              <Button classes="govuk-button--secondary">{words.versions.compare}</Button>
            </form>
            {before && after && (
              <>
                <h2 class="govuk-heading-m">
                  {fill(words.versions.between, { from: Math.min(from!, to!), to: Math.max(from!, to!) })}
                </h2>
                <Compared
                  ask={ask}
                  changes={places.flatMap((place) => {
                    const [was, is] = [toldIn(before, place), toldIn(after, place)]
                    return was === is ? [] : [{ place, pieces: changed(was, is) }]
                  })}
                />
              </>
            )}
          </>
        ) : (
          <p class="govuk-body">{words.versions.one}</p>
        )}
      </>
    ),
  })
})

const Compared = ({ ask, changes }: { ask: Ask; changes: readonly { place: Place; pieces: readonly Piece[] }[] }) => {
  const words = ask.w.learningReport.form
  if (changes.length === 0) return <p class="govuk-body">{words.versions.same}</p>
  return (
    <>
      {changes.map(({ place, pieces }) => (
        <section aria-labelledby={`changed-${place}`}>
          <h3 class="govuk-heading-s" id={`changed-${place}`}>
            {words.places[place]}
          </h3>
          <p class="govuk-body trellis-words trellis-compared" dir="auto">
            {pieces.map((piece) => (
              <PieceShown ask={ask} {...piece} />
            ))}
          </p>
        </section>
      ))}
    </>
  )
}

/** Colour is not all that tells: what was taken out is struck through, and both are said to who listens. */
const PieceShown = ({ ask, kind, words }: Piece & { ask: Ask }) => {
  const said = ask.w.learningReport.form.versions.said
  if (kind === 'same') return <>{words}</>
  const Mark = kind === 'out' ? 'del' : 'ins'
  return (
    <Mark>
      <span class="govuk-visually-hidden">{said[kind]} </span>
      {words}
      <span class="govuk-visually-hidden"> {said.end} </span>
    </Mark>
  )
}
