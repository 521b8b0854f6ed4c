import type { Attributes } from './attributes.ts'
import { Button, type ButtonProps } from './button.tsx'
import { classNames } from './class-names.ts'
import { Heading, type HeadingLevel } from './heading.tsx'
import { worded, type Worded, type Words } from './words.ts'

type PageHeaderActionsProps = {
  heading: Worded<{ level?: HeadingLevel }>
  items?: (Omit<ButtonProps, 'children'> & { text: Words })[]
  classes?: string
  attributes?: Attributes
}

export const PageHeaderActions = ({ heading, items = [], classes, attributes }: PageHeaderActionsProps) => {
  const { text, level = 1, classes: headingClasses = 'govuk-heading-xl' } = worded(heading)
  return (
    <div class={classNames('moj-page-header-actions', classes)} {...attributes}>
      <div class="moj-page-header-actions__title">
        <Heading level={level} class={headingClasses}>
          {text}
        </Heading>
      </div>
      {items.length > 0 && (
        <div class="moj-page-header-actions__actions">
          <div class="moj-button-group moj-button-group--inline">
            {items.map(({ text: words, ...button }) => (
              <Button {...button}>{words}</Button>
            ))}
          </div>
        </div>
      )}
    </div>
  )
}
