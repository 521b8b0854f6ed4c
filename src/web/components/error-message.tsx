import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

export type ErrorMessageOptions = {
  /** Read out before the message; an empty string leaves it out. */
  visuallyHiddenText?: string
}

type ErrorMessageProps = ErrorMessageOptions & {
  id?: string
  classes?: string
  attributes?: Attributes
  children?: ComponentChildren
}

export const ErrorMessage = ({
  id,
  visuallyHiddenText = 'Error',
  classes,
  attributes,
  children,
}: ErrorMessageProps) => (
  <p id={id} class={classNames('govuk-error-message', classes)} {...attributes}>
    {visuallyHiddenText && (
      <>
        <span class="govuk-visually-hidden">{visuallyHiddenText}:</span>{' '}
      </>
    )}
    {children}
  </p>
)
