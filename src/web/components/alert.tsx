import type { ComponentChildren } from 'preact'
import { AlertIcon, type AlertVariant } from './alert-icon.tsx'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Heading } from './heading.tsx'
import { hasWords } from './words.ts'

type AlertProps = {
  /** Names the alert to a screen reader; on the page it is shown alone, or above the content as a heading. */
  title: string
  children?: ComponentChildren
  variant?: AlertVariant
  /** The variant in the reader's language. */
  variantText?: string
  showTitleAsHeading?: boolean
  headingLevel?: 2 | 3 | 4
  role?: 'region' | 'alert' | 'status'
  dismissible?: boolean
  dismissText?: string
  disableAutoFocus?: boolean
  focusOnDismissSelector?: string
  classes?: string
  attributes?: Attributes
}

export const Alert = ({ title, children, variant = 'information', role = 'region', ...rest }: AlertProps) => {
  const { variantText = variant, headingLevel = 2, dismissText = 'Dismiss' } = rest
  const showsHeading = rest.showTitleAsHeading && hasWords(children)
  return (
    <div
      role={role}
      class={classNames('moj-alert', `moj-alert--${variant}`, showsHeading && 'moj-alert--with-heading', rest.classes)}
      aria-label={`${variantText}: ${title}`}
      data-module="moj-alert"
      data-dismissible={rest.dismissible || undefined}
      data-disable-auto-focus={rest.disableAutoFocus || undefined}
      data-focus-on-dismiss-selector={rest.focusOnDismissSelector}
      {...rest.attributes}
    >
      <div>
        <AlertIcon variant={variant} />
      </div>
      <div class="moj-alert__content">
        {showsHeading && (
          <Heading level={headingLevel} class="moj-alert__heading">
            {title}
          </Heading>
        )}
        {hasWords(children) ? children : title}
      </div>
      <div class="moj-alert__action">
        <button class="moj-alert__dismiss" hidden>
          {dismissText}
        </button>
      </div>
    </div>
  )
}
