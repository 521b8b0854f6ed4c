import { MapOfAreas, type AreaMap, type AreaSaid } from '../../../partnership/index.ts'
import { Details, fill, Table, type Ask } from '../../../web/index.ts'
import { elsewhere, type AreaCount } from '../../areas/by-area.ts'
import { fewest, hideSmall, type Shown } from '../../areas/small-numbers.ts'

type Props = { ask: Ask; map: AreaMap | undefined; counts: readonly AreaCount[]; caption: string }

/** The counts as a map and as a table: what the one does not say, the other does not say either. */
export const Counted = ({ ask, map, counts, caption }: Props) => {
  const words = ask.w.byArea
  const { shown, total } = hideSmall(counts.map(({ concerns }) => concerns))
  return (
    <div class="trellis-by-area">
      <section class="trellis-by-area__table">
        <Table
          caption={caption}
          captionClasses="govuk-table__caption--m"
          classes="govuk-table--small-text-until-tablet"
          firstCellIsHeader
          head={[
            { text: words.head.area },
            { text: words.head.concerns, format: 'numeric' },
            { text: words.head.places, format: 'numeric' },
          ]}
          rows={[
            ...counts.map(({ area, places }, i) => [
              { text: area === null ? words.notKnown : area === elsewhere ? words.elsewhere : area },
              { text: said(ask, shown[i]!), format: 'numeric' },
              { text: said(ask, placesShown(shown[i]!, places)), format: 'numeric' },
            ]),
            [
              { text: words.total },
              { text: said(ask, total), format: 'numeric' },
              { text: words.noTotal, format: 'numeric' },
            ],
          ]}
        />
        <How ask={ask} />
      </section>
      {map ? (
        <figure class="trellis-map trellis-by-area__map">
          <MapOfAreas map={map} label={words.map} said={onMap(ask, counts, shown)} />
          <figcaption class="trellis-map__credit" lang="en" dir="ltr">
            {map.attribution.join(' ')}
          </figcaption>
        </figure>
      ) : (
        <p class="govuk-inset-text">{words.noMap}</p>
      )}
    </div>
  )
}

/** There are never more places than concerns, so where the one is kept back the other would tell of it. */
const placesShown = (concerns: Shown, places: number): Shown =>
  typeof concerns !== 'number' ? 'hidden' : places > 0 && places < fewest ? 'few' : places

const said = (ask: Ask, shown: Shown): string => {
  const words = ask.w.byArea
  if (shown === 'hidden') return words.hidden
  if (shown === 'few') return fill(words.few, { least: fewest })
  return shown === 0 ? words.none : String(shown)
}

/** Darker for more, in thirds of the largest that is shown. What is not shown is as pale as nothing. */
const onMap = (ask: Ask, counts: readonly AreaCount[], shown: readonly Shown[]): ReadonlyMap<string, AreaSaid> => {
  const most = Math.max(1, ...shown.filter((_, i) => counts[i]!.area).map((one) => (typeof one === 'number' ? one : 0)))
  const shade = (one: Shown) => (typeof one === 'number' ? (Math.ceil((3 * one) / most) as AreaSaid['shade']) : 0)
  return new Map(counts.map(({ area }, i) => [area ?? '', { text: said(ask, shown[i]!), shade: shade(shown[i]!) }]))
}

const How = ({ ask }: { ask: Ask }) => {
  const words = ask.w.byArea.how
  const values = { least: fewest, most: fewest - 1 }
  return (
    <Details summary={words.heading}>
      <ul class="govuk-list govuk-list--bullet">
        {[words.small, words.second, words.places, words.compare, words.where, words.border, words.notKnown].map(
          (sentence) => (
            <li>{fill(sentence, values)}</li>
          ),
        )}
      </ul>
    </Details>
  )
}
