import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { Heading, type HeadingLevel } from './heading.tsx'
import { Link } from './link.tsx'
import { hasWords } from './words.ts'

type PanelAction = {
  text: ComponentChildren
  href?: string
  type?: 'button' | 'submit' | 'reset'
  classes?: string
  attributes?: Attributes
}

type PanelProps = {
  title: ComponentChildren
  headingLevel?: HeadingLevel
  children?: ComponentChildren
  /** Shown only on an interruption, that is with the class `govuk-panel--interruption`. */
  actions?: { items?: Optional<PanelAction>[]; classes?: string; attributes?: Attributes }
  classes?: string
  attributes?: Attributes
}

export const Panel = ({ title, headingLevel = 1, children, actions, classes, attributes }: PanelProps) => {
  const isInterruption = classes?.includes('govuk-panel--interruption')
  return (
    <div class={classNames('govuk-panel', !isInterruption && 'govuk-panel--confirmation', classes)} {...attributes}>
      <Heading level={headingLevel} class="govuk-panel__title">
        {title}
      </Heading>
      {hasWords(children) && <div class="govuk-panel__body">{children}</div>}
      {isInterruption && actions && (
        <div class={classNames('govuk-panel__actions', actions.classes)} {...actions.attributes}>
          {actions.items && actions.items.length > 0 && (
            <div class="govuk-button-group">
              {actions.items.map(
                (item) =>
                  item && (
                    <>
                      <Action {...item} />{' '}
                    </>
                  ),
              )}
            </div>
          )}
        </div>
      )}
    </div>
  )
}

const Action = ({ text, href, type, classes, attributes }: PanelAction) =>
  !href || type === 'button' ? (
    <Button
      type={type ?? 'button'}
      href={href}
      classes={classNames('govuk-button--inverse', classes)}
      attributes={attributes}
    >
      {text}
    </Button>
  ) : (
    <Link href={href} classes={classNames('govuk-link--inverse', classes)} attributes={attributes}>
      {text}
    </Link>
  )
