import { Button, fill, SummaryList, Tag } from '../../../web/index.ts'
import type { Props } from './facts.ts'
import { named, when, Written } from '../said.tsx'
import { Section } from './said.tsx'

/** Who said it: sealed, until this member of staff says why they need it. */
export const Reporter = ({ ask, facts }: Props) => {
  const words = ask.w.duty.concern
  const { reporter, concern, openings, worker } = facts
  const mayOpen = !openings.some(({ staff_id }) => staff_id === worker.staff)
  const fields = words.reporterFields
  return (
    <Section id="reporter" title={words.sections.reporter}>
      {mayOpen && (
        <>
          <p class="govuk-body">{words.reporterSealed}</p>
          <Button
            href={ask.href(`/concerns/${concern.id}/contact`)}
            classes="govuk-button--secondary trellis-screen-only"
          >
            {words.openContact}
          </Button>
        </>
      )}
      {!mayOpen && !reporter && <p class="govuk-body">{words.reporterNone}</p>}
      {reporter && (
        <SummaryList
          rows={[
            reporter.name !== '' && { key: fields.name, value: <Written>{reporter.name}</Written> },
            reporter.relationship !== '' && {
              key: fields.relationship,
              value: <Written>{reporter.relationship}</Written>,
            },
            reporter.job_title !== '' && { key: fields.job_title, value: <Written>{reporter.job_title}</Written> },
            { key: fields.may_contact, value: reporter.may_contact ? ask.w.common.yes : ask.w.common.no },
            reporter.contact_by !== null && { key: fields.contact_by, value: reporter.contact_by },
            reporter.contact_value !== '' && {
              key: fields.contact_value,
              value: <Written>{reporter.contact_value}</Written>,
            },
            reporter.safe_times !== '' && { key: fields.safe_times, value: <Written>{reporter.safe_times}</Written> },
            reporter.safe_note !== '' && { key: fields.safe_note, value: <Written>{reporter.safe_note}</Written> },
          ]}
        />
      )}
    </Section>
  )
}

/** What the front door and the reporter wrote to one another. */
export const Messages = ({ ask, facts }: Props) => {
  const { concern: words, reporter } = ask.w.duty
  return (
    <Section id="messages" title={words.sections.messages}>
      {facts.messages.length === 0 && <p class="govuk-body">{words.noMessages}</p>}
      <ol class="trellis-messages">
        {facts.messages.map((message) => {
          const theirs = message.direction === 'from reporter'
          return (
            <li class={theirs ? 'trellis-message trellis-message--theirs' : 'trellis-message'}>
              <p class="govuk-body-s">
                <strong>{named(words.messageKinds, message.kind)}</strong>{' '}
                {theirs && message.read_at === null && <Tag classes="govuk-tag--blue">{words.new}</Tag>}
              </p>
              <Written>{message.words}</Written>
              <p class="govuk-hint">
                {theirs ? reporter : facts.named(message.staff_id)}, {when(ask, message.sent_at)}
                {!theirs &&
                  `. ${message.read_at ? fill(words.readAt, { when: when(ask, message.read_at) }) : words.notRead}`}
              </p>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}
