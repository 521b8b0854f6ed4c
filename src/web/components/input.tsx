import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Field, type FieldOptions } from './field.tsx'
import { describedBy, hasError } from './hint-and-error.tsx'
import { hasWords, worded, type Worded } from './words.ts'

export type InputProps = FieldOptions & {
  name: string
  /** The name, unless given. */
  id?: string
  value?: string | number | null
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'number' | 'password'
  inputmode?: string
  autocomplete?: string
  autocapitalize?: string
  pattern?: string
  spellcheck?: boolean
  disabled?: boolean
  prefix?: Worded
  suffix?: Worded
  inputWrapper?: { classes?: string; attributes?: Attributes }
  classes?: string
  attributes?: Attributes
}

export const Input = ({ name, id = name, label, hint, errorMessage, formGroup, ...rest }: InputProps) => {
  const { value, type = 'text', inputmode, autocomplete, autocapitalize, pattern, spellcheck, disabled } = rest
  const explained = { hint, errorMessage, describedBy: rest.describedBy }
  const input = (
    <input
      class={classNames('govuk-input', rest.classes, hasError(explained) && 'govuk-input--error')}
      id={id}
      name={name}
      type={type as 'text'}
      spellcheck={spellcheck}
      value={value ?? undefined}
      disabled={disabled}
      aria-describedby={describedBy(id, explained)}
      autocomplete={autocomplete}
      autocapitalize={autocapitalize as 'none' | undefined}
      pattern={pattern}
      inputmode={inputmode}
      {...rest.attributes}
    />
  )
  const { beforeInput, afterInput } = formGroup ?? {}
  const { prefix, suffix, inputWrapper } = rest
  const isWrapped = [beforeInput, worded(prefix).text, worded(suffix).text, afterInput].some(hasWords)
  return (
    <Field id={id} label={label} formGroup={formGroup} {...explained}>
      {isWrapped ? (
        <div class={classNames('govuk-input__wrapper', inputWrapper?.classes)} {...inputWrapper?.attributes}>
          {beforeInput}
          <Affix kind="prefix" affix={prefix} />
          {input}
          <Affix kind="suffix" affix={suffix} />
          {afterInput}
        </div>
      ) : (
        input
      )}
    </Field>
  )
}

const Affix = ({ kind, affix }: { kind: 'prefix' | 'suffix'; affix: Worded }): ComponentChildren => {
  const { text, classes, attributes } = worded(affix)
  if (!hasWords(text)) return null
  return (
    <div class={classNames(`govuk-input__${kind}`, classes)} aria-hidden="true" {...attributes}>
      {text}
    </div>
  )
}
