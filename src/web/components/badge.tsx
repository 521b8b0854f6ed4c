import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'

type BadgeProps = { label?: string; classes?: string; attributes?: Attributes; children?: ComponentChildren }

export const Badge = ({ label, classes, attributes, children }: BadgeProps) => (
  <span class={classNames('moj-badge', classes)} aria-label={label} {...attributes}>
    {children}
  </span>
)
