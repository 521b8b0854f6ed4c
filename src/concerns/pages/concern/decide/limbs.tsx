import { errorFor, Radios, Textarea } from '../../../../web/index.ts'
import { limbAnswers, limbs, limbWords } from '../../../decision.ts'
import { one } from './answers.ts'
import type { StepProps } from './facts.ts'

/** The three limbs of Care Act section 42(1), each with its evidence. */
export const LimbsStep = ({ ask, facts, errors }: StepProps) => {
  const { decide, limbAnswers: answerWords } = ask.w.duty
  return (
    <>
      <p class="govuk-body">{decide.limbsText}</p>
      {limbs.map((limb) => {
        const { label, question, prompt } = limbWords(limb)
        const field = `limb_${limb}`
        return (
          <section class="trellis-limb">
            <Radios
              name={field}
              classes="govuk-radios--inline"
              fieldset={{
                legend: {
                  text: (
                    <>
                      <span class="govuk-caption-m">{label}</span> {question}
                    </>
                  ),
                  classes: 'govuk-fieldset__legend--s',
                },
              }}
              hint={prompt}
              value={one(facts.answers, field)}
              errorMessage={errorFor(errors, field)}
              items={limbAnswers.map((answer) => ({ value: answer, text: answerWords[answer] }))}
            />
            <Textarea
              name={`${field}_why`}
              rows={3}
              label={{
                text: (
                  <>
                    {decide.limbWhy}
                    <span class="govuk-visually-hidden">: {label}</span>
                  </>
                ),
              }}
              value={one(facts.answers, `${field}_why`)}
              errorMessage={errorFor(errors, `${field}_why`)}
            />
          </section>
        )
      })}
    </>
  )
}
