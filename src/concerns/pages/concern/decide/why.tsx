import { Checkboxes, DateInput, errorFor, Radios, Textarea, type Ask, type FieldError } from '../../../../web/index.ts'
import {
  asksToLookAgain,
  confidenceMeanings,
  confidences,
  needLabels,
  ownNeeds,
  reasonAsked,
  routeOf,
} from '../../../decision.ts'
import { alsoIn, one } from './answers.ts'
import type { Answers } from './draft.ts'
import type { StepProps } from './facts.ts'

/** The reasons, what the chosen ways ask, the offer and what the reporter is told. */
export const WhyStep = ({ ask, facts: { answers }, errors }: StepProps) => {
  const { decide: words, confidences: names } = ask.w.duty
  const chosen = one(answers, 'route')
  const route = routeOf(chosen)
  const why = reasonAsked(chosen)
  const box = (name: string, label: string, hint?: string, value = one(answers, name), rows = 4) => (
    <Textarea
      name={name}
      rows={rows}
      label={{ text: label, classes: 'govuk-label--s' }}
      hint={hint}
      value={value}
      errorMessage={errorFor(errors, name)}
    />
  )
  // An answer that was emptied stays empty: only one that was never given is filled in beforehand.
  const given = (name: string, ready: string) => (answers[name] === undefined ? ready : one(answers, name))
  return (
    <>
      {box('reason', words.reason, why ? `${why}. ${words.reasonHint}` : words.reasonHint, undefined, 6)}
      {box('unknowns', words.unknowns, words.unknownsHint)}
      <Radios
        name="confidence"
        fieldset={{ legend: { text: words.confidence, classes: 'govuk-fieldset__legend--s' } }}
        value={one(answers, 'confidence')}
        errorMessage={errorFor(errors, 'confidence')}
        items={confidences.map((value) => ({ value, text: names[value], hint: confidenceMeanings.get(value) }))}
      />
      {ownNeeds(chosen, alsoIn(answers)).map((need) => (
        <Need ask={ask} need={need} answers={answers} errors={errors} />
      ))}
      {asksToLookAgain(chosen) && (
        <DateInput
          id="look_again"
          namePrefix="look_again"
          fieldset={{ legend: { text: words.lookAgain, classes: 'govuk-fieldset__legend--s' } }}
          hint={words.lookAgainHint}
          values={Object.fromEntries(
            ['day', 'month', 'year'].map((part) => [part, one(answers, `look_again-${part}`)]),
          )}
          errorMessage={errorFor(errors, 'look_again-day')}
        />
      )}
      {box('offered', words.offered, undefined, given('offered', route?.offer ?? ''))}
      {box('told', words.told, words.toldHint, given('told', route?.tellReporter ?? ''))}
      {(errors.some(({ field }) => field === 'told') || one(answers, 'told_confirmed')) && (
        <Checkboxes
          name="told_confirmed"
          values={[one(answers, 'told_confirmed')]}
          items={[{ value: 'yes', text: words.toldConfirm }]}
        />
      )}
    </>
  )
}

type NeedProps = { ask: Ask; need: string; answers: Answers; errors: readonly FieldError[] }

const Need = ({ ask, need, answers, errors }: NeedProps) => {
  const { decide: words, consents } = ask.w.duty
  const field = `need_${need}`
  const label = needLabels.get(need) ?? need
  const legend = { legend: { text: label, classes: 'govuk-fieldset__legend--s' } }
  const common = { name: field, errorMessage: errorFor(errors, field) }
  if (need === 'age-16-or-over')
    return (
      <Checkboxes
        {...common}
        fieldset={legend}
        values={[one(answers, field)]}
        items={[{ value: 'yes', text: words.sixteen }]}
      />
    )
  if (need === 'consent')
    return (
      <>
        <Radios
          {...common}
          fieldset={legend}
          value={one(answers, field)}
          items={(['given', 'refused', 'not sought'] as const).map((value) => ({ value, text: consents[value] }))}
        />
        <Textarea name={`${field}_why`} rows={2} label={words.consentWhy} value={one(answers, `${field}_why`)} />
      </>
    )
  return (
    <Textarea {...common} rows={3} label={{ text: label, classes: 'govuk-label--s' }} value={one(answers, field)} />
  )
}
