import { Button, fill, Link, page, redirect, Select, Table, Title, type Ask, type Handler } from '../../web/index.ts'
import { reviewLists, reviewLooks, reviews_page, type Reviewed, type ReviewList } from '../look-reviews.ts'
import { counted, pageOf, Pages, when } from './said.tsx'

const periods = ['7', '30', '90'] as const

/** For whoever answers for data protection: looks across all subjects that follow a stated rule. */
export const looksPage: Handler = async (ask) => {
  const list = reviewLists.find((one) => one === ask.query['list']) ?? 'own'
  const days = periods.find((one) => one === ask.query['days']) ?? '7'
  const number = pageOf(ask)
  const from = new Date(ask.house.now().getTime() - Number(days) * 86_400_000)
  const wanted = { list, from, zone: ask.place.zone, page: number }
  const { counts, rows, rule } = await reviewLooks(ask.tx, ask.house, ask.viewer, wanted)
  if (rows.length === 0 && number > 1) return redirect(`/looks?list=${list}&days=${days}`)
  const words = ask.w.rights.looks
  return page({
    title: words.title,
    wide: true,
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <form method="get" action={ask.href('/looks')} class="trellis-choices-bar" aria-label={words.period}>
          <input type="hidden" name="list" value={list} />
          <Select
            name="days"
            label={words.period}
            value={days}
            items={periods.map((value) => ({ value, text: words.days[value] }))}
          />
          <div class="trellis-choices-bar__act">
            <Button classes="govuk-button--secondary">{words.show}</Button>
          </div>
        </form>
        <Table
          head={[words.choose, { text: words.number, format: 'numeric' }]}
          rows={reviewLists.map((one) => [
            <Link href={ask.href(`/looks?list=${one}&days=${days}`)}>{words.lists[one].title}</Link>,
            { text: String(counts[one]), format: 'numeric' },
          ])}
        />
        <h2 class="govuk-heading-m">{words.lists[list].title}</h2>
        <p class="govuk-body">{fill(words.lists[list].rule, { most: rule.people, minutes: rule.minutes })}</p>
        {list === 'mass' && (
          <p class="govuk-body">
            {rule.searches && `${words.withSearches} `}
            <Link href={ask.href('/alerts/rule')}>{ask.w.alerts.rule.link}</Link>
          </p>
        )}
        <p class="govuk-body" role="status">
          {rows.length === 0 ? words.none : counted(ask.w.rights.looked.count, counts[list])}
        </p>
        <ul class="trellis-rows">
          {rows.map((row) => (
            <Row ask={ask} row={row} list={list} />
          ))}
        </ul>
        <Pages ask={ask} page={number} last={Math.ceil(counts[list] / reviews_page)} kept={{ list, days }} />
      </>
    ),
  })
}

const Row = ({ ask, row, list }: { ask: Ask; row: Reviewed; list: ReviewList }) => {
  const words = ask.w.rights.looks
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name">{row.name ?? words.gone}</span>
        <span class="trellis-row__more">
          {row.agency}
          <br />
          {words.when}: <time dateTime={row.at.toISOString()}>{when(ask, row.at)}</time>
        </span>
      </div>
      <div class="trellis-row__more">
        {words.which}: {list === 'mass' ? fill(words.many, { people: row.people }) : row.reference}
        <br />
        {words.times}: {row.times}
      </div>
    </li>
  )
}
