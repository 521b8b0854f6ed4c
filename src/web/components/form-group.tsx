import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

export type FormGroupOptions = {
  beforeInput?: ComponentChildren
  afterInput?: ComponentChildren
  classes?: string
  attributes?: Attributes
}

type FormGroupProps = FormGroupOptions & { hasError: boolean; children: ComponentChildren }

export const FormGroup = ({ hasError, classes, attributes, children }: FormGroupProps) => (
  <div class={classNames('govuk-form-group', hasError && 'govuk-form-group--error', classes)} {...attributes}>
    {children}
  </div>
)
