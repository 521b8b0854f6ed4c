import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Heading, type HeadingLevel } from './heading.tsx'
import { hasWords } from './words.ts'

export type TimelineItem = {
  label: ComponentChildren
  byline?: ComponentChildren
  /** `timestamp` for machines (ISO 8601), `text` as the reader sees it. */
  datetime: { timestamp: string; text: ComponentChildren }
  text?: ComponentChildren
  classes?: string
  attributes?: Attributes
}

type TimelineProps = {
  items: Optional<TimelineItem>[]
  headingLevel?: HeadingLevel
  byText?: string
  classes?: string
  attributes?: Attributes
}

export const Timeline = ({ items, headingLevel = 2, byText = 'by', classes, attributes }: TimelineProps) => (
  <div class={classNames('moj-timeline', classes)} {...attributes}>
    {items.map(
      (item) =>
        item && (
          <div class={classNames('moj-timeline__item', item.classes)} {...item.attributes}>
            <div class="moj-timeline__header">
              <Heading level={headingLevel} class="moj-timeline__title">
                {item.label}
              </Heading>{' '}
              {hasWords(item.byline) && (
                <p class="moj-timeline__byline">
                  {byText} {item.byline}
                </p>
              )}
            </div>
            <p class="moj-timeline__date">
              <time datetime={item.datetime.timestamp}>{item.datetime.text}</time>
            </p>
            <div class="moj-timeline__description">{item.text}</div>
          </div>
        ),
    )}
  </div>
)
