import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'

type LinkProps = { href: string; classes?: string; attributes?: Attributes; children?: ComponentChildren }

/** A link whose address may come from data: use it wherever an `href` is not written by hand. */
export const Link = ({ href, classes, attributes, children }: LinkProps) => (
  <a class={classNames('govuk-link', classes)} href={safeHref(href)} {...attributes}>
    {children}
  </a>
)
