import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

type DetailsProps = {
  summary: ComponentChildren
  children?: ComponentChildren
  open?: boolean
  id?: string
  classes?: string
  attributes?: Attributes
}

export const Details = ({ summary, children, open, id, classes, attributes }: DetailsProps) => (
  <details id={id} class={classNames('govuk-details', classes)} {...attributes} open={open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{summary}</span>
    </summary>
    <div class="govuk-details__text">{children}</div>
  </details>
)
