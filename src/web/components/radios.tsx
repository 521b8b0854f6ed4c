import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Hint } from './hint.tsx'
import { Label } from './label.tsx'
import { Question, type QuestionOptions } from './question.tsx'
import { hasWords, worded, type Worded } from './words.ts'

export type RadioItem = {
  value: string | number | boolean
  text: ComponentChildren
  hint?: Worded
  /** Overrides `value` on the group. */
  checked?: boolean
  disabled?: boolean
  /** Shown only while this item is selected. */
  conditional?: ComponentChildren
  id?: string
  label?: { classes?: string; attributes?: Attributes }
  attributes?: Attributes
}

type Divider = { divider: ComponentChildren }

type RadiosProps = QuestionOptions & {
  name: string
  idPrefix?: string
  /** The item selected. */
  value?: string | number | boolean | null
  items: Optional<RadioItem | Divider>[]
  classes?: string
  attributes?: Attributes
}

export const Radios = ({ name, idPrefix = name, value, items, classes, attributes, ...question }: RadiosProps) => (
  <Question id={idPrefix} {...question}>
    <div class={classNames('govuk-radios', classes)} {...attributes} data-module="govuk-radios">
      {question.formGroup?.beforeInput}
      {items.map((item, index) => {
        if (!item) return null
        if ('divider' in item) return <div class="govuk-radios__divider">{item.divider}</div>
        // The first has no number, so that the error summary can link to the question by its name.
        const id = item.id ?? (index === 0 ? idPrefix : `${idPrefix}-${index + 1}`)
        const checked = item.checked ?? (hasWords(value) && String(item.value) === String(value))
        return <Radio {...item} id={id} name={name} checked={checked} />
      })}
      {question.formGroup?.afterInput}
    </div>
  </Question>
)

type RadioProps = RadioItem & { id: string; name: string; checked: boolean }

const Radio = ({ id, name, value, text, hint, checked, disabled, conditional, label, attributes }: RadioProps) => {
  const { text: hintText, classes: hintClasses, attributes: hintAttributes } = worded(hint)
  const hintId = hasWords(hintText) ? `${id}-item-hint` : undefined
  const conditionalId = hasWords(conditional) ? `conditional-${id}` : undefined
  return (
    <>
      <div class="govuk-radios__item">
        <input
          class="govuk-radios__input"
          id={id}
          name={name}
          type="radio"
          value={String(value)}
          checked={checked}
          disabled={disabled}
          data-aria-controls={conditionalId}
          aria-describedby={hintId}
          {...attributes}
        />
        <Label for={id} classes={classNames('govuk-radios__label', label?.classes)} attributes={label?.attributes}>
          {text}
        </Label>
        {hintId && (
          <Hint id={hintId} classes={classNames('govuk-radios__hint', hintClasses)} attributes={hintAttributes}>
            {hintText}
          </Hint>
        )}
      </div>
      {conditionalId && (
        <div
          class={classNames('govuk-radios__conditional', !checked && 'govuk-radios__conditional--hidden')}
          id={conditionalId}
        >
          {conditional}
        </div>
      )}
    </>
  )
}
