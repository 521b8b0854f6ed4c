import { z } from 'zod'
import { agencies } from '../../../partnership/index.ts'
import { localDate, NotFound } from '../../../platform/index.ts'
import { Checkboxes, errorFor, redirect, Textarea, ticked, typed, type Handler } from '../../../web/index.ts'
import { askPartners, withdrawCheck } from '../../check.ts'
import { act, written } from './act.tsx'

/** Asking partner agencies what they know, in words written for them. */
export const partners = act({
  path: 'partners',
  done: 'checks',
  title: (words) => words.checksForm.title,
  button: (words) => words.checksForm.button,
  facts: async (ask) => agencies(ask.tx, ask.place.id, { on: localDate(ask.house.now(), ask.place.zone) }),
  nothing: (words, all) => (all.length ? undefined : words.checksForm.none),
  schema: (words) =>
    z.strictObject({
      agencies: z.preprocess(
        (given) => (given === undefined ? [] : [given].flat()),
        z.array(z.uuid(words.errors.agencies)).min(1, words.errors.agencies),
      ),
      question: written(words, words.errors.question),
      reason: written(words, words.errors.why),
    }),
  fields: ({ ask, facts, errors }) => {
    const words = ask.w.duty.checksForm
    return (
      <>
        <Checkboxes
          name="agencies"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: words.agencies, classes: 'govuk-fieldset__legend--s' } }}
          values={ticked(ask.form, 'agencies')}
          errorMessage={errorFor(errors, 'agencies')}
          items={facts.map(({ id, name }) => ({ value: id, text: name }))}
        />
        <Textarea
          name="question"
          label={words.question}
          hint={words.questionHint}
          value={typed(ask.form, 'question')}
          errorMessage={errorFor(errors, 'question')}
        />
        <Textarea
          name="reason"
          rows={3}
          label={words.reason}
          hint={words.reasonHint}
          value={typed(ask.form, 'reason')}
          errorMessage={errorFor(errors, 'reason')}
        />
      </>
    )
  },
  act: async (ask, { id }, value, all) => {
    if (!value.agencies.every((one) => all.some((agency) => agency.id === one))) throw new NotFound()
    await askPartners(ask.tx, ask.house.keys, ask.viewer, id, { ...value, at: ask.house.now() })
    return undefined
  },
})

/** Takes a question back. Where an answer came first there is nothing to take back, and the page shows it. */
export const withdraw: Handler = async (ask) => {
  await withdrawCheck(ask.tx, ask.viewer, typed(ask.form, 'check'), ask.house.now())
  return redirect(`/concerns/${ask.params['id']!}?done=withdrawn`)
}
