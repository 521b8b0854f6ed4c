import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { safeHref } from './safe-href.ts'
import { hasWords } from './words.ts'

type ErrorSummaryProps = {
  title?: ComponentChildren
  description?: ComponentChildren
  errorList?: Optional<{ text: ComponentChildren; href?: string; attributes?: Attributes }>[]
  disableAutoFocus?: boolean
  classes?: string
  attributes?: Attributes
}

export const ErrorSummary = ({
  title = 'There is a problem',
  description,
  errorList = [],
  ...rest
}: ErrorSummaryProps) => (
  <div
    class={classNames('govuk-error-summary', rest.classes)}
    data-disable-auto-focus={rest.disableAutoFocus}
    {...rest.attributes}
    data-module="govuk-error-summary"
  >
    {/* The alert is a child of what takes the focus: on one element, screen readers miss one of the two announcements. */}
    <div role="alert">
      <h2 class="govuk-error-summary__title">{title}</h2>
      <div class="govuk-error-summary__body">
        {hasWords(description) && <p>{description}</p>}
        {errorList.length > 0 && (
          <ul class="govuk-list govuk-error-summary__list">
            {errorList.map(
              (item) =>
                item && (
                  <li>
                    {item.href ? (
                      <a href={safeHref(item.href)} {...item.attributes}>
                        {item.text}
                      </a>
                    ) : (
                      item.text
                    )}
                  </li>
                ),
            )}
          </ul>
        )}
      </div>
    </div>
  </div>
)
