import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

type TagProps = { classes?: string; attributes?: Attributes; children?: ComponentChildren }

export const Tag = ({ classes, attributes, children }: TagProps) => (
  <strong class={classNames('govuk-tag', classes)} {...attributes}>
    {children}
  </strong>
)
