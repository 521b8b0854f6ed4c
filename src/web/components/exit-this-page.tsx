import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { i18n } from './i18n.ts'

type ExitThisPageProps = {
  children?: ComponentChildren
  redirectUrl?: string
  activatedText?: string
  timedOutText?: string
  pressTwoMoreTimesText?: string
  pressOneMoreTimeText?: string
  id?: string
  classes?: string
  attributes?: Attributes
}

const defaultWords = (
  <>
    <span class="govuk-visually-hidden">Emergency</span> Exit this page
  </>
)

export const ExitThisPage = ({ children = defaultWords, redirectUrl, id, classes, ...rest }: ExitThisPageProps) => (
  <div
    id={id}
    class={classNames('govuk-exit-this-page', classes)}
    data-module="govuk-exit-this-page"
    {...rest.attributes}
    {...i18n('activated', rest.activatedText)}
    {...i18n('timed-out', rest.timedOutText)}
    {...i18n('press-two-more-times', rest.pressTwoMoreTimesText)}
    {...i18n('press-one-more-time', rest.pressOneMoreTimeText)}
  >
    <Button
      classes="govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
      href={redirectUrl || 'https://www.bbc.co.uk/weather'}
      attributes={{ rel: 'nofollow noreferrer' }}
    >
      {children}
    </Button>
  </div>
)
