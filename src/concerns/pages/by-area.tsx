import { mapOf } from '../../partnership/index.ts'
import { localDate } from '../../platform/index.ts'
import {
  BackLink,
  Errors,
  fill,
  page,
  Select,
  Title,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { countByArea, type AreaFilter } from '../areas/by-area.ts'
import { abouts } from '../concern.ts'
import { frontDoor } from '../front-door.ts'
import { Counted } from './by-area/counted.tsx'

/** Three years of months can be chosen. Whole months: of single days the difference would soon be one person. */
const months_offered = 36
/** Unless somebody says otherwise: this month and the eleven before. */
const months_shown = 12

/** How many concerns and places there are in each area, as a map and as a table, with small numbers kept back. */
export const byArea: Handler = async (ask) => {
  const worker = frontDoor(ask.viewer)
  const words = ask.w.byArea
  const months = lastMonths(localDate(ask.house.now(), ask.place.zone), months_offered)
  const filter = readAreaFilter(ask.query, months)
  const wrong = filter.from !== undefined && filter.until !== undefined && filter.from > filter.until
  const errors: FieldError[] = wrong ? [{ field: 'until', text: words.order }] : []
  const map = mapOf(ask.place.slug)
  return page({
    title: words.title,
    status: wrong ? 422 : 200,
    wide: true,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/queue')}>{ask.w.duty.concern.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Filters ask={ask} filter={filter} months={months} errors={errors} />
        {!wrong && (
          <Counted
            ask={ask}
            map={map}
            counts={await countByArea(ask.tx, ask.house.keys, worker, map, filter, ask.place.zone)}
            caption={fill(words.caption, {
              about: filter.about ? ask.w.duty.abouts[filter.about] : words.anyAbout,
              months: monthsInWords(ask, filter),
            })}
          />
        )}
      </>
    ),
  })
}

/** '2026-11', the newest first. */
const lastMonths = (today: string, many: number): string[] => {
  const [year, month] = today.split('-').map(Number) as [number, number]
  return Array.from({ length: many }, (_, i) => new Date(Date.UTC(year, month - 1 - i, 1)).toISOString().slice(0, 7))
}

const readAreaFilter = (query: Ask['query'], months: readonly string[]): AreaFilter => {
  const asked = query['from'] !== undefined || query['until'] !== undefined
  return {
    from: asked ? months.find((month) => month === query['from']) : months[months_shown - 1],
    until: months.find((month) => month === query['until']),
    about: abouts.find((about) => about === query['about']),
  }
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const nameOfMonth = (month: string): string => monthName.format(new Date(`${month}-01T00:00:00Z`))

const monthsInWords = (ask: Ask, { from, until }: AreaFilter): string => {
  const words = ask.w.byArea.months
  const sentence =
    from && until ? (from === until ? words.one : words.between) : from ? words.from : until ? words.until : words.any
  return fill(sentence, { from: from ? nameOfMonth(from) : '', until: until ? nameOfMonth(until) : '' })
}

type FilterProps = { ask: Ask; filter: AreaFilter; months: readonly string[]; errors: readonly FieldError[] }

const Filters = ({ ask, filter, months, errors }: FilterProps) => {
  const words = ask.w.byArea
  const items = [{ value: '', text: words.anyMonth }, ...months.map((value) => ({ value, text: nameOfMonth(value) }))]
  return (
    <form
      method="get"
      action={ask.href('/by-area')}
      role="search"
      aria-label={words.filters}
      class="trellis-by-area__filters trellis-screen-only"
    >
      <Select name="from" label={words.from} value={filter.from} items={items} />
      <Select name="until" label={words.until} value={filter.until} items={items} errorMessage={errors[0]?.text} />
      <Select
        name="about"
        label={words.about}
        value={filter.about}
        items={[
          { value: '', text: words.anyAbout },
          ...abouts.map((value) => ({ value, text: ask.w.duty.abouts[value] })),
        ]}
      />
      <button class="govuk-button govuk-button--secondary">{words.apply}</button>
    </form>
  )
}
