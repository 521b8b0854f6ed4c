import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Heading, type HeadingLevel } from './heading.tsx'

type NotificationBannerProps = {
  /** A plain string becomes the banner's heading line. */
  children?: ComponentChildren
  type?: 'success'
  title?: ComponentChildren
  titleId?: string
  titleHeadingLevel?: HeadingLevel
  role?: 'alert' | 'region'
  disableAutoFocus?: boolean
  classes?: string
  attributes?: Attributes
}

export const NotificationBanner = ({ children, type, disableAutoFocus, classes, ...rest }: NotificationBannerProps) => {
  const isSuccess = type === 'success'
  const { title = isSuccess ? 'Success' : 'Important', titleId = 'govuk-notification-banner-title' } = rest
  const { titleHeadingLevel = 2, role = isSuccess ? 'alert' : 'region', attributes } = rest
  return (
    <div
      class={classNames('govuk-notification-banner', isSuccess && 'govuk-notification-banner--success', classes)}
      role={role}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={disableAutoFocus}
      {...attributes}
    >
      <div class="govuk-notification-banner__header">
        <Heading level={titleHeadingLevel} class="govuk-notification-banner__title" id={titleId}>
          {title}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {typeof children === 'string' ? <p class="govuk-notification-banner__heading">{children}</p> : children}
      </div>
    </div>
  )
}
