import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'

type BackLinkProps = { href?: string; classes?: string; attributes?: Attributes; children?: ComponentChildren }

export const BackLink = ({ href = '#', classes, attributes, children = 'Back' }: BackLinkProps) => (
  <a href={safeHref(href)} class={classNames('govuk-back-link', classes)} {...attributes}>
    {children}
  </a>
)
