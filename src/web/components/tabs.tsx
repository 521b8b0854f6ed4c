import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'

export type Tab = {
  label: ComponentChildren
  /** A plain string becomes a paragraph. */
  panel?: ComponentChildren
  /** `idPrefix` and the tab's number, unless given. */
  id?: string
  attributes?: Attributes
  panelAttributes?: Attributes
}

type TabsProps = {
  items?: Optional<Tab>[]
  title?: string
  id?: string
  idPrefix?: string
  classes?: string
  attributes?: Attributes
}

export const Tabs = ({ items = [], title = 'Contents', id, idPrefix = '', classes, attributes }: TabsProps) => {
  const panelId = (tab: Tab, index: number) => tab.id ?? `${idPrefix}-${index + 1}`
  return (
    <div id={id} class={classNames('govuk-tabs', classes)} {...attributes} data-module="govuk-tabs">
      <h2 class="govuk-tabs__title">{title}</h2>
      {items.length > 0 && (
        <ul class="govuk-tabs__list">
          {items.map(
            (tab, index) =>
              tab && (
                <li class={classNames('govuk-tabs__list-item', index === 0 && 'govuk-tabs__list-item--selected')}>
                  <a class="govuk-tabs__tab" href={`#${panelId(tab, index)}`} {...tab.attributes}>
                    {tab.label}
                  </a>
                </li>
              ),
          )}
        </ul>
      )}
      {items.map(
        (tab, index) =>
          tab && (
            <div
              class={classNames('govuk-tabs__panel', index > 0 && 'govuk-tabs__panel--hidden')}
              id={panelId(tab, index)}
              {...tab.panelAttributes}
            >
              {typeof tab.panel === 'string' ? <p class="govuk-body">{tab.panel}</p> : tab.panel}
            </div>
          ),
      )}
    </div>
  )
}
