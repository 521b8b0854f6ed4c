import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Field, type FieldOptions } from './field.tsx'
import { describedBy, hasError } from './hint-and-error.tsx'

export type TextareaProps = FieldOptions & {
  name: string
  /** The name, unless given. */
  id?: string
  value?: string | number | null
  rows?: number
  spellcheck?: boolean
  disabled?: boolean
  autocomplete?: string
  classes?: string
  attributes?: Attributes
}

export const Textarea = ({ name, id = name, label, hint, errorMessage, formGroup, ...rest }: TextareaProps) => {
  const { value, rows = 5, spellcheck, disabled, autocomplete, classes, attributes } = rest
  const explained = { hint, errorMessage, describedBy: rest.describedBy }
  return (
    <Field id={id} label={label} formGroup={formGroup} {...explained}>
      {formGroup?.beforeInput}
      <textarea
        class={classNames('govuk-textarea', hasError(explained) && 'govuk-textarea--error', classes)}
        id={id}
        name={name}
        rows={rows}
        spellcheck={spellcheck}
        disabled={disabled}
        aria-describedby={describedBy(id, explained)}
        autocomplete={autocomplete}
        {...attributes}
      >
        {value}
      </textarea>
      {formGroup?.afterInput}
    </Field>
  )
}
