import type { ComponentChildren } from 'preact'
import type { Attributes } from './attributes.ts'
import { Button } from './button.tsx'
import { Link } from './link.tsx'

type CardAction = { text: ComponentChildren; href?: string; style?: 'button' | 'link'; attributes?: Attributes }

type InterruptionCardProps = {
  heading: ComponentChildren
  primaryAction: CardAction
  secondaryAction?: CardAction
  children?: ComponentChildren
}

export const InterruptionCard = ({ heading, primaryAction, secondaryAction, children }: InterruptionCardProps) => (
  <div class="moj-interruption-card">
    <div class="moj-interruption-card__content">
      <h1 class="moj-interruption-card__heading">{heading}</h1>
      <div class="moj-interruption-card__body">{children}</div>
      <div class="govuk-button-group moj-interruption-card__actions">
        <Action style="button" {...primaryAction} />
        {secondaryAction && <Action style="link" {...secondaryAction} />}
      </div>
    </div>
  </div>
)

const Action = ({ style, text, href, attributes }: CardAction) =>
  style === 'link' ? (
    <Link href={href ?? '#'} classes="govuk-link--inverse" attributes={attributes}>
      {text}
    </Link>
  ) : (
    <Button classes="govuk-button--inverse" href={href} preventDoubleClick attributes={attributes}>
      {text}
    </Button>
  )
