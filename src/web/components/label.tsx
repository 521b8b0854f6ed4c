import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { hasWords } from './words.ts'

export type LabelOptions = { isPageHeading?: boolean }

type LabelProps = LabelOptions & {
  for?: string
  classes?: string
  attributes?: Attributes
  children?: ComponentChildren
}

export const Label = ({ for: control, isPageHeading, classes, attributes, children }: LabelProps) => {
  if (!hasWords(children)) return null
  const label = (
    <label class={classNames('govuk-label', classes)} for={control} {...attributes}>
      {children}
    </label>
  )
  return isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}
