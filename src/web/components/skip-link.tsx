import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'

type SkipLinkProps = { href?: string; classes?: string; attributes?: Attributes; children?: ComponentChildren }

export const SkipLink = ({
  href = '#content',
  classes,
  attributes,
  children = 'Skip to main content',
}: SkipLinkProps) => (
  <a href={safeHref(href)} class={classNames('govuk-skip-link', classes)} {...attributes} data-module="govuk-skip-link">
    {children}
  </a>
)
