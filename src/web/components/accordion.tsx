import type { ComponentChildren } from 'preact'
import type { Attributes, Optional } from './attributes.ts'
import { classNames } from './class-names.ts'
import { Heading, type HeadingLevel } from './heading.tsx'
import { i18n } from './i18n.ts'
import { hasWords } from './words.ts'

export type AccordionSection = {
  heading: ComponentChildren
  summary?: ComponentChildren
  /** A plain string becomes a paragraph. */
  content?: ComponentChildren
  expanded?: boolean
}

type AccordionProps = {
  id: string
  items: Optional<AccordionSection>[]
  headingLevel?: HeadingLevel
  /** Keeps what was open in the browser's session storage. */
  rememberExpanded?: boolean
  hideAllSectionsText?: string
  hideSectionText?: string
  hideSectionAriaLabelText?: string
  showAllSectionsText?: string
  showSectionText?: string
  showSectionAriaLabelText?: string
  classes?: string
  attributes?: Attributes
}

export const Accordion = ({ id, items, headingLevel = 2, rememberExpanded, classes, ...rest }: AccordionProps) => (
  <div
    class={classNames('govuk-accordion', classes)}
    data-module="govuk-accordion"
    id={id}
    {...i18n('hide-all-sections', rest.hideAllSectionsText)}
    {...i18n('hide-section', rest.hideSectionText)}
    {...i18n('hide-section-aria-label', rest.hideSectionAriaLabelText)}
    {...i18n('show-all-sections', rest.showAllSectionsText)}
    {...i18n('show-section', rest.showSectionText)}
    {...i18n('show-section-aria-label', rest.showSectionAriaLabelText)}
    data-remember-expanded={rememberExpanded}
    {...rest.attributes}
  >
    {items.map((item, index) => item && <Section {...item} id={id} number={index + 1} headingLevel={headingLevel} />)}
  </div>
)

type SectionProps = AccordionSection & { id: string; number: number; headingLevel: HeadingLevel }

const Section = ({ id, number, headingLevel, heading, summary, content, expanded }: SectionProps) => (
  <div class={classNames('govuk-accordion__section', expanded && 'govuk-accordion__section--expanded')}>
    <div class="govuk-accordion__section-header">
      <Heading level={headingLevel} class="govuk-accordion__section-heading">
        <span class="govuk-accordion__section-button" id={`${id}-heading-${number}`}>
          {heading}
        </span>
      </Heading>
      {hasWords(summary) && (
        <div class="govuk-accordion__section-summary govuk-body" id={`${id}-summary-${number}`}>
          {summary}
        </div>
      )}
    </div>
    <div id={`${id}-content-${number}`} class="govuk-accordion__section-content">
      {typeof content === 'string' ? <p class="govuk-body">{content}</p> : content}
    </div>
  </div>
)
