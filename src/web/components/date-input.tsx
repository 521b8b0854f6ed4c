import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { hasError } from './hint-and-error.tsx'
import { Input } from './input.tsx'
import { Question, type QuestionOptions } from './question.tsx'
import type { Words } from './words.ts'

export type DatePart = {
  name?: string
  label?: Words
  value?: string | number | null
  /** Marks this part as the wrong one; when no part is marked, an error message marks all of them. */
  error?: boolean
  id?: string
  autocomplete?: string
  inputmode?: string
  pattern?: string
  classes?: string
  attributes?: Attributes
}

type DateInputProps = QuestionOptions & {
  id: string
  /** `dob` names the parts `dob-day`, `dob-month` and `dob-year`. */
  namePrefix?: string
  /** What was typed, keyed by each part's name with or without the prefix. */
  values?: Record<string, string | number | null | undefined>
  day?: DatePart | false
  month?: DatePart | false
  year?: DatePart | false
  /** Other parts, or another order. */
  items?: Optional<DatePart>[]
  classes?: string
  attributes?: Attributes
}

export const DateInput = ({
  id,
  namePrefix,
  values = {},
  items = [],
  classes,
  attributes,
  ...rest
}: DateInputProps) => {
  const { day, month, year, fieldset, ...question } = rest
  const parts = items.length > 0 ? items : [part('day', day), part('month', month), part('year', year)]
  const anyHasError = parts.some((item) => item && isWrong(item))
  const yearName = (year && year.name) || 'year'
  return (
    // Without the role JAWS does not read the description of a fieldset that holds text inputs.
    <Question id={id} {...question} fieldset={fieldset && { ...fieldset, role: 'group' }}>
      <div class={classNames('govuk-date-input', classes)} {...attributes} id={id}>
        {question.formGroup?.beforeInput}
        {parts.map((item) => {
          if (!item) return null
          const name = item.name ?? ''
          const fullName = namePrefix ? `${namePrefix}-${name}` : name
          const isMarked = isWrong(item) || (item.error !== false && hasError(question) && !anyHasError)
          return (
            <div class="govuk-date-input__item">
              <Input
                label={{ text: item.label ?? capitalised(name), classes: 'govuk-date-input__label' }}
                id={item.id ?? `${id}-${name}`}
                classes={classNames(
                  'govuk-date-input__input',
                  isMarked && !item.classes?.includes('govuk-input--error') && 'govuk-input--error',
                  !item.classes?.includes('govuk-input--width-') &&
                    `govuk-input--width-${['year', yearName].includes(name) ? 4 : 2}`,
                  item.classes,
                )}
                name={fullName}
                value={item.value ?? values[fullName] ?? values[name]}
                inputmode={item.inputmode ?? 'numeric'}
                autocomplete={item.autocomplete}
                pattern={item.pattern}
                attributes={item.attributes}
              />
            </div>
          )
        })}
        {question.formGroup?.afterInput}
      </div>
    </Question>
  )
}

const part = (name: string, options: DatePart | false | undefined) => options !== false && { name, ...options }

const isWrong = (item: DatePart) => item.error || item.classes?.includes('govuk-input--error')

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()
