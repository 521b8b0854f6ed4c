import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { worded, type Worded } from './words.ts'

export type TableCell = Worded<{ format?: string; colspan?: number; rowspan?: number }>

type TableProps = {
  caption?: ComponentChildren
  captionClasses?: string
  head?: TableCell[]
  rows: Optional<TableCell[]>[]
  firstCellIsHeader?: boolean
  classes?: string
  attributes?: Attributes
}

export const Table = ({ caption, captionClasses, head, rows, firstCellIsHeader, classes, attributes }: TableProps) => (
  <table class={classNames('govuk-table', classes)} {...attributes}>
    {caption && <caption class={classNames('govuk-table__caption', captionClasses)}>{caption}</caption>}
    {head && (
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {head.map((cell) => (
            <Header scope="col" cell={cell} />
          ))}
        </tr>
      </thead>
    )}
    <tbody class="govuk-table__body">
      {rows.map(
        (row) =>
          row && (
            <tr class="govuk-table__row">
              {row.map((cell, index) =>
                index === 0 && firstCellIsHeader ? <Header scope="row" cell={cell} /> : <Cell cell={cell} />,
              )}
            </tr>
          ),
      )}
    </tbody>
  </table>
)

const Header = ({ scope, cell }: { scope: 'col' | 'row'; cell: TableCell }) => {
  const { text, format, classes, colspan, rowspan, attributes } = worded(cell)
  const formatClass = scope === 'col' && format && `govuk-table__header--${format}`
  return (
    <th
      scope={scope}
      class={classNames('govuk-table__header', formatClass, classes)}
      colspan={colspan}
      rowspan={rowspan}
      {...attributes}
    >
      {text}
    </th>
  )
}

const Cell = ({ cell }: { cell: TableCell }) => {
  const { text, format, classes, colspan, rowspan, attributes } = worded(cell)
  return (
    <td
      class={classNames('govuk-table__cell', format && `govuk-table__cell--${format}`, classes)}
      colspan={colspan}
      rowspan={rowspan}
      {...attributes}
    >
      {text}
    </td>
  )
}
