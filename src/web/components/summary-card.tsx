import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Heading, type HeadingLevel } from './heading.tsx'
import { SummaryAction, type SummaryActionOptions } from './summary-action.tsx'
import { hasWords, worded, type Worded } from './words.ts'

export type SummaryCardOptions = {
  title?: Worded<{ headingLevel?: HeadingLevel }>
  actions?: SummaryActionOptions[]
  actionsClasses?: string
  classes?: string
  attributes?: Attributes
}

type SummaryCardProps = SummaryCardOptions & { children?: ComponentChildren }

export const SummaryCard = ({
  title,
  actions = [],
  actionsClasses,
  classes,
  attributes,
  children,
}: SummaryCardProps) => {
  const { text, headingLevel = 2, classes: titleClasses } = worded(title)
  const links = actions.map((action) => <SummaryAction {...action} cardTitle={text} />)
  const linksClass = classNames('govuk-summary-card__actions', actionsClasses)
  return (
    <div class={classNames('govuk-summary-card', classes)} {...attributes}>
      <div class="govuk-summary-card__title-wrapper">
        {hasWords(text) && (
          <Heading level={headingLevel} class={classNames('govuk-summary-card__title', titleClasses)}>
            {text}
          </Heading>
        )}
        {links.length === 1 && <div class={linksClass}>{links}</div>}
        {links.length > 1 && (
          <ul class={linksClass}>
            {links.map((link) => (
              <li class="govuk-summary-card__action">{link}</li>
            ))}
          </ul>
        )}
      </div>
      <div class="govuk-summary-card__content">{children}</div>
    </div>
  )
}
