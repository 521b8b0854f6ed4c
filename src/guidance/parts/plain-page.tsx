import { Tag, type Ask } from '../../web/index.ts'
import type { GuidancePage } from '../guidance.ts'
import { addressOf } from './go-to.ts'

export const PlainPage = ({ ask, content }: { ask: Ask; content: GuidancePage }) => {
  const w = ask.w.guidance.page
  return (
    <>
      <h1 class="govuk-heading-xl">{content.title}</h1>
      {content.status === 'draft' && (
        <p class="trellis-note">
          <Tag classes="govuk-tag--grey">{w.draft}</Tag> {content.note}
        </p>
      )}
      <p class="govuk-body-l">{content.lead}</p>
      {content.sections.map((section) => (
        <section>
          <h2 class="govuk-heading-m">{section.heading}</h2>
          {section.paragraphs.map((text) => (
            <p class="govuk-body">{text}</p>
          ))}
          {section.items.length > 0 && (
            <ul class="govuk-list govuk-list--bullet">
              {section.items.map((item) => (
                <li>{item}</li>
              ))}
            </ul>
          )}
        </section>
      ))}
      {content.actions.length > 0 && (
        <ul class="trellis-onward">
          {content.actions.map((action) => (
            <li>
              <a class="govuk-link" href={ask.href(addressOf(action.goTo))}>
                {action.label}
              </a>
              <br />
              <span>{action.text}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
