import { Button, Details, fill, Link, Title, type Ask, type Handler } from '../../web/index.ts'
import { listAreas, type ListedArea } from '../directory.ts'
import type { AreaKind } from '../area.ts'
import { mayKeep, section, todayAt } from './section.tsx'
import { endInWords, startInWords } from './validity.tsx'

/** The area of the partnership as a tree: county, districts, wards. */
export const areasPage: Handler = async (ask) => {
  const words = ask.w.partnership.areas
  const areas = await listAreas(ask.tx, ask.place.id)
  const known = new Set(areas.map(({ id }) => id))
  const roots = areas.filter(({ parent_id }) => parent_id === null || !known.has(parent_id))
  return section(
    ask,
    '/areas',
    words.title,
    <>
      <div class="trellis-title-row">
        <Title>{words.title}</Title>
        {mayKeep(ask) && <Button href={ask.href('/areas/new')}>{words.new}</Button>}
      </div>
      <p class="govuk-body">{words.text}</p>
      {roots.length === 0 ? <p class="govuk-body">{words.none}</p> : <Branch ask={ask} areas={areas} among={roots} />}
    </>,
  )
}

const Branch = ({ ask, areas, among }: { ask: Ask; areas: readonly ListedArea[]; among: readonly ListedArea[] }) => (
  <ul class="trellis-tree">
    {among.map((area) => {
      const inside = areas.filter(({ parent_id }) => parent_id === area.id)
      const wards = inside.filter(({ kind }) => kind === 'ward')
      const others = inside.filter(({ kind }) => kind !== 'ward')
      return (
        <li class="trellis-tree__item">
          <Area ask={ask} area={area} />
          {others.length > 0 && <Branch ask={ask} areas={areas} among={others} />}
          {wards.length > 0 && (
            <Details classes="trellis-tree__wards" summary={wardsIn(ask, area, wards)}>
              <Branch ask={ask} areas={areas} among={wards} />
            </Details>
          )}
        </li>
      )
    })}
  </ul>
)

/** A county has a hundred wards or more, so each district keeps its own folded. */
const wardsIn = (ask: Ask, { name }: ListedArea, { length }: readonly ListedArea[]): string => {
  const { ward, wards } = ask.w.partnership.areas
  return fill(length === 1 ? ward : wards, { number: length, area: name })
}

const Area = ({ ask, area }: { ask: Ask; area: ListedArea }) => {
  const { areaKinds, areas: words } = ask.w.partnership
  const said = [startInWords(ask, area), endInWords(ask, area, todayAt(ask))].filter(Boolean).join(' ')
  return (
    <div class="trellis-tree__own">
      <div>
        <strong>{area.name}</strong> <span class="trellis-tree__kind">{areaKinds[area.kind as AreaKind]}</span>
        <span class="trellis-row__more">
          {area.gss}
          {said && (
            <>
              <br />
              {said}
            </>
          )}
          {area.succession_note && (
            <>
              <br />
              {area.succession_note}
            </>
          )}
        </span>
      </div>
      {mayKeep(ask) && (
        <div class="trellis-tree__acts">
          <Link href={ask.href(`/areas/${area.id}/edit`)}>
            {ask.w.common.change}
            <span class="govuk-visually-hidden"> {area.name}</span>
          </Link>
          <Link href={ask.href(`/areas/${area.id}/end`)}>
            {words.end}
            <span class="govuk-visually-hidden"> {area.name}</span>
          </Link>
        </div>
      )}
    </div>
  )
}
