import { hideSmall, type Shown } from '../../../concerns/index.ts'
import { safeCsv } from '../../../joining/index.ts'
import { localDate } from '../../../platform/index.ts'
import { Link, page, Table, Title, type Ask, type Handler } from '../../../web/index.ts'
import { CliffEdges } from '../../gaps/pages/cliff-edges.tsx'
import { cliffEdges } from '../../gaps/cliff-edges.ts'
import { thresholdCounts, type Count } from '../queries.ts'
import { bands, exploitationLabel, offerLabel, testLabel } from '../threshold.ts'

/** What was not met across the partnership, without a name: by age, by type and by what was offered instead. */
export const countsPage: Handler = async (ask) => {
  const { partnership } = ask.viewer
  const at = ask.house.now()
  const today = localDate(at, ask.place.zone)
  const counts = await thresholdCounts(ask.tx, partnership, yearBefore(today))
  const edges = await cliffEdges(ask.tx, partnership, { today, at })
  const words = ask.w.gaps.counts
  return page({
    title: words.title,
    frame: 'staff',
    wide: true,
    body: (
      <>
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        <p class="govuk-body">{words.small}</p>
        {counts.length === 0 && <p class="govuk-body">{words.none}</p>}
        {counts.length > 0 &&
          tablesOf(ask, counts).map((table) => <Counts ask={ask} caption={words.tables[table.name]} table={table} />)}
        {counts.length > 0 && (
          <p class="govuk-body">
            <Link href={ask.href('/thresholds/csv')}>{words.csv}</Link>
          </p>
        )}
        <CliffEdges ask={ask} edges={edges} />
      </>
    ),
  })
}

export const countsCsv: Handler = async (ask) => {
  const today = localDate(ask.house.now(), ask.place.zone)
  const counts = await thresholdCounts(ask.tx, ask.viewer.partnership, yearBefore(today))
  const words = ask.w.gaps.counts
  const rows = tablesOf(ask, counts).flatMap(({ name, head, rows: body }) => [
    [words.tables[name], ...head],
    ...body,
    [],
  ])
  return { kind: 'download', type: 'text/csv; charset=utf-8', bytes: safeCsv(rows), name: 'thresholds-not-met.csv' }
}

const tables = [
  { name: 'test', key: 'test', label: testLabel },
  { name: 'exploitation', key: 'exploitation', label: exploitationLabel },
  { name: 'offer', key: 'offer', label: offerLabel },
] as const

const yearBefore = (day: string): string => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`

type Counted = { name: (typeof tables)[number]['name']; head: string[]; rows: string[][] }
/**
 * The three tables say the same cases by age, so what one age adds up to in one of them is known in the others: small
 * numbers are hidden column by column, and where one table cannot keep its column's total, no table shows that column.
 */
const tablesOf = (ask: Ask, counts: readonly Count[]): Counted[] => {
  const words = ask.w.gaps.counts
  const there = bands.filter((band) => counts.some(({ age_band }) => age_band === band))
  const counted = tables.map(({ name, key, label }) => {
    const codes = [...new Set(counts.map((one) => one[key]))].sort((a, b) => (a ?? '~').localeCompare(b ?? '~'))
    const numbers = there.map((band) =>
      codes.map((code) => sum(counts.filter((one) => one[key] === code && one.age_band === band))),
    )
    return {
      name,
      lines: codes.map((code) => (code === null ? words.notSaid : label(code))),
      columns: numbers.map((one) => hideSmall(one)),
    }
  })
  const kept = there.map((_, i) => counted.every(({ columns }) => columns[i]!.total !== 'hidden'))
  const said = (one: Shown, isKept: boolean): string =>
    typeof one !== 'number' ? words[one] : one > 0 && !isKept ? words.hidden : String(one)
  return counted.map(({ name, lines, columns }) => ({
    name,
    head: there,
    rows: lines.map((line, i) => [line, ...columns.map(({ shown }, j) => said(shown[i]!, kept[j]!))]),
  }))
}
const sum = (counts: readonly Count[]): number => counts.reduce((total, { count }) => total + count, 0)

const Counts = ({ ask, caption, table }: { ask: Ask; caption: string; table: Counted }) => (
  <div class="trellis-beside" tabIndex={0} role="region" aria-label={caption}>
    <Table
      caption={caption}
      captionClasses="govuk-table__caption--m"
      head={[{ text: ask.w.gaps.counts.what }, ...table.head.map((text) => ({ text }))]}
      firstCellIsHeader
      rows={table.rows.map((row) => row.map((text) => ({ text })))}
    />
  </div>
)
