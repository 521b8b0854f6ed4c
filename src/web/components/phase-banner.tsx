import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Tag } from './tag.tsx'
import { worded, type Worded } from './words.ts'

type PhaseBannerProps = { tag: Worded; classes?: string; attributes?: Attributes; children?: ComponentChildren }

export const PhaseBanner = ({ tag, classes, attributes, children }: PhaseBannerProps) => {
  const { text, classes: tagClasses } = worded(tag)
  return (
    <div class={classNames('govuk-phase-banner govuk-width-container', classes)} {...attributes}>
      <p class="govuk-phase-banner__content">
        <Tag classes={classNames('govuk-phase-banner__content__tag', tagClasses)}>{text}</Tag>{' '}
        <span class="govuk-phase-banner__text">{children}</span>
      </p>
    </div>
  )
}
