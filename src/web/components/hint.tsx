import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

type HintProps = { id?: string; classes?: string; attributes?: Attributes; children?: ComponentChildren }

export const Hint = ({ id, classes, attributes, children }: HintProps) => (
  <div id={id} class={classNames('govuk-hint', classes)} {...attributes}>
    {children}
  </div>
)
