import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { SummaryAction, type SummaryActionOptions } from './summary-action.tsx'
import { SummaryCard, type SummaryCardOptions } from './summary-card.tsx'
import { worded, type Worded } from './words.ts'

export type SummaryRow = {
  key: Worded
  value: Worded
  actions?: SummaryActionOptions[]
  actionsClasses?: string
  classes?: string
}

type SummaryListProps = {
  rows: Optional<SummaryRow>[]
  card?: SummaryCardOptions
  classes?: string
  attributes?: Attributes
}

export const SummaryList = ({ rows, card, classes, attributes }: SummaryListProps) => {
  const anyHasActions = rows.some((row) => row && hasActions(row))
  const list = (
    <dl class={classNames('govuk-summary-list', classes)} {...attributes}>
      {rows.map((row) => row && <Row row={row} anyHasActions={anyHasActions} cardTitle={worded(card?.title).text} />)}
    </dl>
  )
  return card ? <SummaryCard {...card}>{list}</SummaryCard> : list
}

const hasActions = (row: SummaryRow) => row.actions !== undefined && row.actions.length > 0

type RowProps = { row: SummaryRow; anyHasActions: boolean; cardTitle: ComponentChildren }

const Row = ({ row, anyHasActions, cardTitle }: RowProps) => {
  const key = worded(row.key)
  const value = worded(row.value)
  const actions = (row.actions ?? []).map((action) => <SummaryAction {...action} cardTitle={cardTitle} />)
  return (
    <div
      class={classNames(
        'govuk-summary-list__row',
        anyHasActions && !hasActions(row) && 'govuk-summary-list__row--no-actions',
        row.classes,
      )}
    >
      <dt class={classNames('govuk-summary-list__key', key.classes)}>{key.text}</dt>
      <dd class={classNames('govuk-summary-list__value', value.classes)}>{value.text}</dd>
      {actions.length > 0 && (
        <dd class={classNames('govuk-summary-list__actions', row.actionsClasses)}>
          {actions.length === 1 ? (
            actions
          ) : (
            <ul class="govuk-summary-list__actions-list">
              {actions.map((action) => (
                <li class="govuk-summary-list__actions-list-item">{action}</li>
              ))}
            </ul>
          )}
        </dd>
      )}
    </div>
  )
}
