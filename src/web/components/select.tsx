import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Field, type FieldOptions } from './field.tsx'
import { describedBy, hasError } from './hint-and-error.tsx'
import { hasWords } from './words.ts'

export type SelectItem = {
  text: string | number
  /** The text, unless given. */
  value?: string | number
  /** Overrides `value` on the select. */
  selected?: boolean
  disabled?: boolean
  attributes?: Attributes
}

type SelectProps = FieldOptions & {
  name: string
  /** The name, unless given. */
  id?: string
  /** The item selected. */
  value?: string | number | null
  items: Optional<SelectItem>[]
  disabled?: boolean
  classes?: string
  attributes?: Attributes
}

export const Select = ({
  name,
  id = name,
  value,
  items,
  label,
  hint,
  errorMessage,
  formGroup,
  ...rest
}: SelectProps) => {
  const explained = { hint, errorMessage, describedBy: rest.describedBy }
  return (
    <Field id={id} label={label} formGroup={formGroup} {...explained}>
      {formGroup?.beforeInput}
      <select
        class={classNames('govuk-select', rest.classes, hasError(explained) && 'govuk-select--error')}
        id={id}
        name={name}
        disabled={rest.disabled}
        aria-describedby={describedBy(id, explained)}
        {...rest.attributes}
      >
        {items.map(
          (item) =>
            item && (
              <option
                value={item.value}
                selected={item.selected ?? (hasWords(value) && String(item.value ?? item.text) === String(value))}
                disabled={item.disabled}
                {...item.attributes}
              >
                {item.text}
              </option>
            ),
        )}
      </select>
      {formGroup?.afterInput}
    </Field>
  )
}
