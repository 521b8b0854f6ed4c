import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

type WarningTextProps = {
  iconFallbackText?: string
  classes?: string
  attributes?: Attributes
  children?: ComponentChildren
}

export const WarningText = ({ iconFallbackText = 'Warning', classes, attributes, children }: WarningTextProps) => (
  <div class={classNames('govuk-warning-text', classes)} {...attributes}>
    <span class="govuk-warning-text__icon" aria-hidden="true">
      !
    </span>{' '}
    <strong class="govuk-warning-text__text">
      <span class="govuk-visually-hidden">{iconFallbackText}</span> {children}
    </strong>
  </div>
)
