import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { describedBy } from './hint-and-error.tsx'
import { Hint } from './hint.tsx'
import { Label } from './label.tsx'
import { Question, type QuestionOptions } from './question.tsx'
import { hasWords, worded, type Worded } from './words.ts'

export type CheckboxItem = {
  value: string | number | boolean
  text: ComponentChildren
  hint?: Worded
  /** Overrides `values` on the group. */
  checked?: boolean
  disabled?: boolean
  /** Shown only while this item is selected. */
  conditional?: ComponentChildren
  /** Selecting this one clears the others: "None of these". */
  behaviour?: 'exclusive'
  name?: string
  id?: string
  label?: { classes?: string; attributes?: Attributes }
  attributes?: Attributes
}

type Divider = { divider: ComponentChildren }

type CheckboxesProps = QuestionOptions & {
  name: string
  idPrefix?: string
  /** The items selected. */
  values?: readonly (string | number | boolean)[]
  items: Optional<CheckboxItem | Divider>[]
  classes?: string
  attributes?: Attributes
}

export const Checkboxes = ({ name, idPrefix = name, values = [], items, ...rest }: CheckboxesProps) => {
  const { classes, attributes, ...question } = rest
  // Without a fieldset there is nothing else for the question's hint and error to describe.
  const description = question.fieldset ? undefined : describedBy(idPrefix, question)
  return (
    <Question id={idPrefix} {...question}>
      <div class={classNames('govuk-checkboxes', classes)} {...attributes} data-module="govuk-checkboxes">
        {question.formGroup?.beforeInput}
        {items.map((item, index) => {
          if (!item) return null
          if ('divider' in item) return <div class="govuk-checkboxes__divider">{item.divider}</div>
          // The first has no number, so that the error summary can link to the question by its name.
          const id = item.id ?? (index === 0 ? idPrefix : `${idPrefix}-${index + 1}`)
          const checked = item.checked ?? values.some((value) => String(value) === String(item.value))
          return <Checkbox {...item} id={id} name={item.name ?? name} checked={checked} description={description} />
        })}
        {question.formGroup?.afterInput}
      </div>
    </Question>
  )
}

type CheckboxProps = CheckboxItem & { id: string; name: string; checked: boolean; description: string | undefined }

const Checkbox = ({ id, name, value, text, hint, checked, conditional, description, ...rest }: CheckboxProps) => {
  const { text: hintText, classes: hintClasses, attributes: hintAttributes } = worded(hint)
  const hintId = hasWords(hintText) ? `${id}-item-hint` : undefined
  const conditionalId = hasWords(conditional) ? `conditional-${id}` : undefined
  return (
    <>
      <div class="govuk-checkboxes__item">
        <input
          class="govuk-checkboxes__input"
          id={id}
          name={name}
          type="checkbox"
          value={String(value)}
          checked={checked}
          disabled={rest.disabled}
          data-aria-controls={conditionalId}
          data-behaviour={rest.behaviour}
          aria-describedby={classNames(description, hintId)}
          {...rest.attributes}
        />
        <Label
          for={id}
          classes={classNames('govuk-checkboxes__label', rest.label?.classes)}
          attributes={rest.label?.attributes}
        >
          {text}
        </Label>
        {hintId && (
          <Hint id={hintId} classes={classNames('govuk-checkboxes__hint', hintClasses)} attributes={hintAttributes}>
            {hintText}
          </Hint>
        )}
      </div>
      {conditionalId && (
        <div
          class={classNames('govuk-checkboxes__conditional', !checked && 'govuk-checkboxes__conditional--hidden')}
          id={conditionalId}
        >
          {conditional}
        </div>
      )}
    </>
  )
}
