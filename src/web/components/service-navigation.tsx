import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'
import { hasWords } from './words.ts'

export type NavigationItem = {
  text: ComponentChildren
  href?: string
  /** This is the page. */
  current?: boolean
  /** The page is within this section. */
  active?: boolean
  attributes?: Attributes
}

type ServiceNavigationProps = {
  serviceName?: ComponentChildren
  serviceUrl?: string
  navigation?: Optional<NavigationItem>[]
  navigationLabel?: string
  navigationId?: string
  navigationClasses?: string
  menuButtonText?: string
  menuButtonLabel?: string
  collapseNavigationOnMobile?: boolean
  ariaLabel?: string
  start?: ComponentChildren
  end?: ComponentChildren
  endAlign?: 'inline'
  navigationStart?: ComponentChildren
  navigationEnd?: ComponentChildren
  classes?: string
  attributes?: Attributes
}

export const ServiceNavigation = (props: ServiceNavigationProps) => {
  const { serviceName, start, end, endAlign, ariaLabel = 'Service information' } = props
  const common = {
    class: classNames('govuk-service-navigation', props.classes),
    'data-module': 'govuk-service-navigation',
    ...props.attributes,
  }
  const container = classNames(
    'govuk-width-container',
    endAlign === 'inline' && 'govuk-service-navigation__inlining-container',
  )
  const content = (
    <div class={container}>
      {start}
      <div class="govuk-service-navigation__container">
        {hasWords(serviceName) && <ServiceName {...props} />}
        <Navigation {...props} />
      </div>
      {end}
    </div>
  )
  // With a service name it is a region of its own; without, the <nav> inside is landmark enough.
  return [serviceName, start, end].some(hasWords) ? (
    <section aria-label={ariaLabel} {...common}>
      {content}
    </section>
  ) : (
    <div {...common}>{content}</div>
  )
}

const ServiceName = ({ serviceName, serviceUrl }: ServiceNavigationProps) => (
  <span class="govuk-service-navigation__service-name">
    {serviceUrl ? (
      <a href={safeHref(serviceUrl)} class="govuk-service-navigation__link">
        {serviceName}
      </a>
    ) : (
      <span class="govuk-service-navigation__text">{serviceName}</span>
    )}
  </span>
)

const Navigation = ({
  navigation = [],
  menuButtonText = 'Menu',
  navigationId = 'navigation',
  ...rest
}: ServiceNavigationProps) => {
  const items = navigation.filter((item) => item !== false && item !== null && item !== undefined && item !== '')
  const { navigationStart, navigationEnd, menuButtonLabel } = rest
  const { navigationLabel = menuButtonText, collapseNavigationOnMobile = items.length > 1 } = rest
  if (items.length === 0 && !hasWords(navigationStart) && !hasWords(navigationEnd)) return null
  return (
    <nav aria-label={navigationLabel} class={classNames('govuk-service-navigation__wrapper', rest.navigationClasses)}>
      {collapseNavigationOnMobile && (
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={navigationId}
          aria-label={menuButtonLabel === menuButtonText ? undefined : menuButtonLabel}
          hidden
          aria-hidden="true"
        >
          {menuButtonText}
        </button>
      )}
      <ul class="govuk-service-navigation__list" id={navigationId}>
        {navigationStart}
        {items.map((item) => (
          <Item {...item} />
        ))}
        {navigationEnd}
      </ul>
    </nav>
  )
}

const Item = ({ text, href, current, active, attributes }: NavigationItem) => {
  const isActive = current || active
  const ariaCurrent = isActive ? (current ? 'page' : 'true') : undefined
  // <strong> still marks where one is for a person who overrides colours or styles.
  const content = isActive ? <strong class="govuk-service-navigation__active-fallback">{text}</strong> : text
  return (
    <li class={classNames('govuk-service-navigation__item', isActive && 'govuk-service-navigation__item--active')}>
      {href ? (
        <a class="govuk-service-navigation__link" href={safeHref(href)} aria-current={ariaCurrent} {...attributes}>
          {content}
        </a>
      ) : (
        hasWords(text) && (
          <span class="govuk-service-navigation__text" aria-current={ariaCurrent}>
            {content}
          </span>
        )
      )}
    </li>
  )
}
