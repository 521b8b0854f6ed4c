import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'

type SubNavigationItem = {
  text: ComponentChildren
  href: string
  active?: boolean
  classes?: string
  attributes?: Attributes
}

type SubNavigationProps = {
  items: Optional<SubNavigationItem>[]
  label?: string
  classes?: string
  attributes?: Attributes
}

export const SubNavigation = ({
  items,
  label = 'Secondary navigation region',
  classes,
  attributes,
}: SubNavigationProps) => (
  <nav class={classNames('moj-sub-navigation', classes)} aria-label={label} {...attributes}>
    <ul class="moj-sub-navigation__list">
      {items.map(
        (item) =>
          item && (
            <li class={classNames('moj-sub-navigation__item', item.classes)}>
              <a
                class="moj-sub-navigation__link"
                aria-current={item.active ? 'page' : undefined}
                href={safeHref(item.href)}
                {...item.attributes}
              >
                {item.text}
              </a>
            </li>
          ),
      )}
    </ul>
  </nav>
)
