import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Heading, type HeadingLevel } from './heading.tsx'
import { safeHref } from './safe-href.ts'
import { worded, type Worded } from './words.ts'

type SideNavigationItem = { text: ComponentChildren; href: string; active?: boolean; attributes?: Attributes }

type SideNavigationProps = {
  items?: Optional<SideNavigationItem>[]
  /** Instead of `items`: groups of them, each under a heading. */
  sections?: { heading: Worded<{ headingLevel?: HeadingLevel }>; items: Optional<SideNavigationItem>[] }[]
  label?: string
  classes?: string
  attributes?: Attributes
}

export const SideNavigation = ({ items = [], sections, label, classes, attributes }: SideNavigationProps) => (
  <nav class={classNames('moj-side-navigation', classes)} aria-label={label} {...attributes}>
    {sections ? (
      sections.map((section) => (
        <>
          <Title heading={section.heading} />
          <List items={section.items} />
        </>
      ))
    ) : (
      <List items={items} />
    )}
  </nav>
)

const Title = ({ heading }: { heading: Worded<{ headingLevel?: HeadingLevel }> }) => {
  const { text, headingLevel = 4, classes, attributes } = worded(heading)
  return (
    <Heading level={headingLevel} class={classNames('moj-side-navigation__title', classes)} {...attributes}>
      {text}
    </Heading>
  )
}

const List = ({ items }: { items: Optional<SideNavigationItem>[] }) => (
  <ul class="moj-side-navigation__list">
    {items.map(
      (item) =>
        item && (
          <li
            class={classNames('moj-side-navigation__item', item.active && 'moj-side-navigation__item--active')}
            {...item.attributes}
          >
            <a href={safeHref(item.href)} aria-current={item.active ? 'location' : undefined}>
              {item.text}
            </a>
          </li>
        ),
    )}
  </ul>
)
