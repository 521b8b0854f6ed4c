import { Details, Table } from '../../../web/index.ts'
import type { Counted } from '../figures.ts'

const row = 30
const name = 150
const most = 125

/**
 * How often, as lines of different lengths: drawn without a script, readable at the width of an old phone, with the same
 * figures in a table behind it.
 */
export const Bars = (props: {
  id: string
  title: string
  rows: readonly Counted[]
  columns: readonly [string, string]
  /** What opens the table behind it; or the id of the table where it stands on the page already. */
  open?: string
  table?: string
}) => {
  const { id, title, rows, columns, open, table = `${id}-figures` } = props
  const top = Math.max(1, ...rows.map(({ count }) => count))
  const length = (count: number): number => Math.max(2, Math.round((count / top) * most))
  return (
    <figure class="trellis-bars">
      <figcaption class="govuk-body-s" id={`${id}-title`}>
        {title}
      </figcaption>
      <svg viewBox={`0 0 320 ${rows.length * row}`} role="img" aria-labelledby={`${id}-title`} aria-describedby={table}>
        {rows.map(({ label, count }, at) => (
          <g>
            <text x={name - 8} y={at * row + 19} text-anchor="end" font-size="12">
              {short(label)}
            </text>
            <rect x={name} y={at * row + 5} width={length(count)} height={row - 10} rx="2" />
            <text x={name + length(count) + 6} y={at * row + 19} font-size="12">
              {count}
            </text>
          </g>
        ))}
      </svg>
      {open && (
        <div id={table}>
          <Details summary={open}>
            <Table
              caption={title}
              captionClasses="govuk-visually-hidden"
              head={[{ text: columns[0] }, { text: columns[1], format: 'numeric' }]}
              rows={rows.map(({ label, count }) => [{ text: label }, { text: count, format: 'numeric' }])}
              firstCellIsHeader
            />
          </Details>
        </div>
      )}
    </figure>
  )
}

/** The table has it whole. */
const short = (label: string): string => (label.length > 20 ? `${label.slice(0, 19)}…` : label)
