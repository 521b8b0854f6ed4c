import { fill, page, Table, Title, type Ask, type Handler } from '../../web/index.ts'
import { qualityKept } from '../quality.ts'

/** How matching works and how well, for anyone: the algorithmic transparency record. It holds nothing about anybody. */
export const howMatchingWorks: Handler = async (ask) => {
  const words = ask.w.joining.open
  return page({
    title: words.title,
    frame: 'public',
    body: (
      <div lang="en" dir="ltr">
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        {words.sections.map(({ title, text }) => (
          <>
            <h2 class="govuk-heading-m">{title}</h2>
            {text.map((sentence) => (
              <p class="govuk-body">{fill(sentence, { name: ask.place.name })}</p>
            ))}
          </>
        ))}
        <h2 class="govuk-heading-m">{words.quality}</h2>
        <p class="govuk-body">{words.qualityText}</p>
        <Measured ask={ask} rows={await qualityKept(ask.tx, ask.viewer)} />
        <p class="govuk-body">{words.qualityFound}</p>
      </div>
    ),
  })
}

const Measured = ({ ask, rows }: { ask: Ask; rows: Awaited<ReturnType<typeof qualityKept>> }) => {
  const words = ask.w.joining.open
  if (rows.length === 0) return <p class="govuk-body">{words.none}</p>
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const percent = (share: number): string => String(Math.round(share * 100))
  const range = (share: number | null, low: number | null, high: number | null): string =>
    share === null || low === null || high === null
      ? words.few
      : fill(words.range, { share: percent(share), low: percent(low), high: percent(high) })
  const { head } = words
  return (
    <Table
      caption={words.caption}
      captionClasses="govuk-table__caption--s"
      head={[head.month, head.band, head.same, head.found, head.checked].map((text) => ({ text }))}
      rows={rows.map((row) => [
        { text: month.format(new Date(row.month_text)) },
        { text: ask.w.joining.bands[row.band as 'strong' | 'look'] },
        { text: range(row.same, row.same_low, row.same_high) },
        { text: range(row.found, row.found_low, row.found_high) },
        { text: row.checked === null ? words.few : String(row.checked) },
      ])}
    />
  )
}
