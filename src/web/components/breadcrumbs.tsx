import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'

type BreadcrumbsProps = {
  items: Optional<{ text: ComponentChildren; href?: string; attributes?: Attributes }>[]
  labelText?: string
  collapseOnMobile?: boolean
  classes?: string
  attributes?: Attributes
}

export const Breadcrumbs = ({ items, labelText = 'Breadcrumb', collapseOnMobile, ...rest }: BreadcrumbsProps) => (
  <nav
    class={classNames('govuk-breadcrumbs', rest.classes, collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile')}
    {...rest.attributes}
    aria-label={labelText}
  >
    <ol class="govuk-breadcrumbs__list">
      {items.map(
        (item) =>
          item &&
          (item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={safeHref(item.href)} {...item.attributes}>
                {item.text}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          )),
      )}
    </ol>
  </nav>
)
