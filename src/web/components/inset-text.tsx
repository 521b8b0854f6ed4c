import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

type InsetTextProps = { id?: string; classes?: string; attributes?: Attributes; children?: ComponentChildren }

export const InsetText = ({ id, classes, attributes, children }: InsetTextProps) => (
  <div id={id} class={classNames('govuk-inset-text', classes)} {...attributes}>
    {children}
  </div>
)
