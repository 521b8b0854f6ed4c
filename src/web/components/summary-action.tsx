import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { Link } from './link.tsx'
import { hasWords } from './words.ts'

export type SummaryActionOptions = {
  href: string
  text: ComponentChildren
  /** What the action is about, for a person who hears it alone: "Change" + "date of birth". */
  visuallyHiddenText?: string
  classes?: string
  attributes?: Attributes
}

type SummaryActionProps = SummaryActionOptions & { cardTitle: ComponentChildren }

export const SummaryAction = ({
  href,
  text,
  visuallyHiddenText,
  classes,
  attributes,
  cardTitle,
}: SummaryActionProps) => (
  <Link href={href} classes={classes} attributes={attributes}>
    {text}
    {(visuallyHiddenText || hasWords(cardTitle)) && (
      <span class="govuk-visually-hidden">
        {visuallyHiddenText && ` ${visuallyHiddenText}`}
        {hasWords(cardTitle) && <> ({cardTitle})</>}
      </span>
    )}
  </Link>
)
