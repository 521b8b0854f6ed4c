import { moment } from '../../../subjects/index.ts'
import { Button, Checkboxes, errorFor, fill, Form, type Ask, type FieldError } from '../../../web/index.ts'
import type { Standing } from '../ready.ts'
import { sides, type Side } from '../sides.ts'
import type { At } from './frame.tsx'

type Props = {
  ask: Ask
  at: At
  standing: Standing
  allowed: readonly Side[]
  nameOf: (id: string) => string
  errors: readonly FieldError[]
}

/** Whether each side agrees to publication; a viewer agrees for their own, or takes it back. */
export const ConsentForms = ({ ask, at, standing, allowed, nameOf, errors }: Props) => {
  const words = ask.w.learningReport.form
  return (
    <>
      <p class="govuk-body">{words.consent.intro}</p>
      {sides.map((side) => {
        const given = standing.consents.find((one) => one.side === side)
        return (
          <section aria-labelledby={`consent-${side}`}>
            <h3 class="govuk-heading-s" id={`consent-${side}`}>
              {words.sides[side]}
            </h3>
            <p class="govuk-body">
              {given
                ? fill(words.consent.given, { name: nameOf(given.given_by), when: moment(ask, given.given_at) })
                : words.consent.open}
            </p>
            {allowed.includes(side) && (
              <Form ask={ask} action={`${at.base}/consent`} once>
                <input type="hidden" name="version" value={standing.version} />
                <input type="hidden" name="side" value={side} />
                {!given && (
                  <Checkboxes
                    name="agree"
                    idPrefix={`agree-${side}`}
                    errorMessage={errorFor(errors, `agree-${side}`)}
                    items={[
                      {
                        value: 'yes',
                        text: fill(words.consent.agree, { side: words.sides[side], version: standing.version }),
                      },
                    ]}
                  />
                )}
                <Button
                  name="do"
                  value={given ? 'take back' : 'agree'}
                  classes="govuk-button--secondary"
                  preventDoubleClick
                >
                  {given ? words.consent.takeBack : words.consent.button}
                </Button>
              </Form>
            )}
          </section>
        )
      })}
    </>
  )
}
