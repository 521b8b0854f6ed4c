import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { hasWords, worded, type Worded } from './words.ts'

export type FieldsetOptions = {
  legend?: Worded<{ isPageHeading?: boolean }>
  describedBy?: string
  role?: 'group' | 'radiogroup'
  classes?: string
  attributes?: Attributes
}

type FieldsetProps = FieldsetOptions & { children?: ComponentChildren }

export const Fieldset = ({ legend, describedBy, role, classes, attributes, children }: FieldsetProps) => {
  const { text, isPageHeading, classes: legendClasses } = worded(legend)
  return (
    <fieldset class={classNames('govuk-fieldset', classes)} role={role} aria-describedby={describedBy} {...attributes}>
      {hasWords(text) && (
        <legend class={classNames('govuk-fieldset__legend', legendClasses)}>
          {isPageHeading ? <h1 class="govuk-fieldset__heading">{text}</h1> : text}
        </legend>
      )}
      {children}
    </fieldset>
  )
}
