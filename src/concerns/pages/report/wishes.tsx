import { z } from 'zod'
import { errorFor, Radios, Textarea, typed } from '../../../web/index.ts'
import { choice, words } from './fields.ts'
import { Heading, step } from './step.tsx'

const knows = ['yes', 'no', 'not sure'] as const
const consents = ['given', 'refused', 'not sought'] as const

/** What the person wants, whether they know of this, and whether they agreed or why nobody asked. */
export const wishes = step({
  name: 'wishes',
  title: ({ said }) => said.wishes.title,
  schema: ({ ask }) =>
    z
      .strictObject({
        person_wants: words(ask),
        person_knows: choice(ask, knows),
        person_knows_why: words(ask, 2000),
        consent: choice(ask, consents),
        consent_why: words(ask, 2000),
      })
      .superRefine((value, ctx) => {
        // Going ahead against somebody's word, or without it, needs a reason that can be read later.
        if (value.consent && value.consent !== 'given' && value.consent_why.trim() === '')
          ctx.addIssue({ code: 'custom', path: ['consent_why'], message: ask.w.report.wrong.consentWhy })
      }),
  shown: (kept): Record<string, string> => ({
    person_wants: kept.person_wants ?? '',
    person_knows: kept.person_knows ?? '',
    person_knows_why: kept.person_knows_why ?? '',
    consent: kept.consent ?? '',
    consent_why: kept.consent_why ?? '',
  }),
  keep: (_, value) => ({
    ...value,
    person_wants: value.person_wants || null,
    person_knows_why: value.person_knows_why || null,
    consent_why: value.consent_why || null,
  }),
  view: ({ at: { ask, said }, form, errors }) => {
    const w = said.wishes
    const area = (name: 'person_wants' | 'person_knows_why' | 'consent_why', label: string, hint?: string) => (
      <Textarea
        name={name}
        label={label}
        hint={hint}
        errorMessage={errorFor(errors, name)}
        value={typed(form, name)}
        rows={3}
        attributes={{ dir: 'auto' }}
      />
    )
    return (
      <>
        <Heading>{w.title}</Heading>
        {area('person_wants', w.wants, w.wantsHint)}
        <Radios
          name="person_knows"
          classes="govuk-radios--inline"
          fieldset={{ legend: { text: w.knows, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={errorFor(errors, 'person_knows')}
          value={typed(form, 'person_knows')}
          items={[
            { value: 'yes', text: ask.w.common.yes },
            { value: 'no', text: ask.w.common.no },
            { value: 'not sure', text: ask.w.common.notSure },
          ]}
        />
        {area('person_knows_why', w.knowsWhy, w.knowsWhyHint)}
        <Radios
          name="consent"
          fieldset={{ legend: { text: w.consent, classes: 'govuk-fieldset__legend--s' } }}
          hint={w.consentHint}
          errorMessage={errorFor(errors, 'consent')}
          value={typed(form, 'consent')}
          items={consents.map((value) => ({ value, text: w.consents[value] }))}
        />
        {area('consent_why', w.consentWhy)}
      </>
    )
  },
})
