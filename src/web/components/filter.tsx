import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { Button } from './button.tsx'
import { Link } from './link.tsx'
import { safeHref } from './safe-href.ts'

type SelectedFilters = {
  heading?: ComponentChildren
  clearLink: { href: string; text?: ComponentChildren }
  categories: { heading: ComponentChildren; items: { href: string; text: ComponentChildren }[] }[]
  /** Read out before the name of each filter. */
  removeText?: string
}

type FilterProps = {
  heading?: ComponentChildren
  selectedFilters?: SelectedFilters
  submit?: { text?: ComponentChildren; attributes?: Attributes }
  /** The fields to filter by. */
  children?: ComponentChildren
  attributes?: Attributes
}

export const Filter = ({ heading = 'Filters', selectedFilters, submit, children, attributes }: FilterProps) => (
  <div class="moj-filter" data-module="moj-filter" {...attributes}>
    <div class="moj-filter__header">
      <div class="moj-filter__header-title">
        <h2 class="govuk-heading-m">{heading}</h2>
      </div>
      <div class="moj-filter__header-action"></div>
    </div>
    <div class="moj-filter__content">
      {selectedFilters && <Selected {...selectedFilters} />}
      <div class="moj-filter__options">
        <Button attributes={submit?.attributes}>{submit?.text ?? 'Apply filters'}</Button>
        {children}
      </div>
    </div>
  </div>
)

const Selected = ({ heading = 'Selected filters', clearLink, categories, ...rest }: SelectedFilters) => (
  <div class="moj-filter__selected">
    <div class="moj-filter__selected-heading">
      <div class="moj-filter__heading-title">
        <h2 class="govuk-heading-m">{heading}</h2>
      </div>
      <div class="moj-filter__heading-action">
        <p>
          <Link href={clearLink.href} classes="govuk-link--no-visited-state">
            {clearLink.text ?? 'Clear filters'}
          </Link>
        </p>
      </div>
    </div>
    {categories.map((category) => (
      <>
        <h3 class="govuk-heading-s govuk-!-margin-bottom-0">{category.heading}</h3>
        <ul class="moj-filter-tags">
          {category.items.map(({ href, text }) => (
            <li>
              <a class="moj-filter__tag" href={safeHref(href)}>
                <span class="govuk-visually-hidden">{rest.removeText ?? 'Remove this filter'}</span> {text}
              </a>
            </li>
          ))}
        </ul>
      </>
    ))}
  </div>
)
