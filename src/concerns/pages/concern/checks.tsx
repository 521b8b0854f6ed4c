import { fill, Form, SummaryList } from '../../../web/index.ts'
import type { Props } from './facts.ts'
import { named, when, Written } from '../said.tsx'
import { Section } from './said.tsx'

/** What partners were asked, and what they said. */
export const Checks = ({ ask, facts }: Props) => {
  const { concern: words, known } = ask.w.duty
  return (
    <Section id="checks" title={words.sections.checks}>
      {facts.checks.length === 0 && <p class="govuk-body">{words.noChecks}</p>}
      {facts.checks.map((check) => (
        <div class="trellis-check">
          <SummaryList
            card={{ title: { text: facts.agency(check.asked_agency_id), headingLevel: 3 } }}
            rows={[
              {
                key: fill(words.checkAsked, { when: when(ask, check.asked_at), who: facts.named(check.asked_by) }),
                value: check.withdrawn_at
                  ? fill(words.checkWithdrawn, { when: when(ask, check.withdrawn_at) })
                  : check.answered_at
                    ? fill(words.checkAnswered, {
                        known: named(known, check.known),
                        when: when(ask, check.answered_at),
                        who: facts.named(check.answered_by),
                      })
                    : words.checkWaiting,
              },
              { key: words.checkQuestion, value: <Written>{check.question}</Written> },
              { key: words.checkWhy, value: <Written>{check.reason}</Written> },
              check.answer !== null && { key: words.checkAnswer, value: <Written>{check.answer}</Written> },
            ]}
          />
          {check.answered_at === null && check.withdrawn_at === null && (
            <Form ask={ask} action={`/concerns/${facts.concern.id}/withdraw-check`} class="trellis-screen-only">
              <input type="hidden" name="check" value={check.id} />
              <button class="trellis-link-button">
                {words.withdraw}
                <span class="govuk-visually-hidden"> ({facts.agency(check.asked_agency_id)})</span>
              </button>
            </Form>
          )}
        </div>
      ))}
    </Section>
  )
}
