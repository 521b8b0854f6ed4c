import { z } from 'zod'
import { localDate, NotFound } from '../../../../platform/index.ts'
import {
  dateBoxes,
  DateBoxes,
  dateShown,
  errorFor,
  needDate,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../../web/index.ts'
import { mayWords, mustWords, onePage, WordsBox, workerOf } from '../../pages/frame.tsx'
import { begins, Keeps, keeps } from '../../pages/keeps.tsx'
import { conclude } from '../learn.ts'
import { mayTry } from '../owners.ts'
import { trialOutcomes, type Trial } from '../trial.ts'
import { firstLine } from './list.tsx'
import { trialHere } from './trial.tsx'

/** What came of a trial: adopted, adapted or stopped, why, and what other areas may read of it. */
export const outcomePage = begins(async (ask) => {
  const trial = await mine(ask)
  const today = localDate(ask.house.now(), ask.place.zone)
  return view('begun' in ask.form ? ask : { ...ask, form: dateShown('decided', today) }, trial)
})

export const sendOutcome = keeps(async (ask) => {
  const trial = await mine(ask)
  const words = ask.w.adoption.trials.outcome
  const today = localDate(ask.house.now(), ask.place.zone)
  const read = readForm(
    z
      .strictObject({
        outcome: z.enum(trialOutcomes, words.outcomeMissing),
        why: mustWords(ask, words.whyMissing),
        told: mayWords(ask),
        ...dateBoxes(ask, 'decided'),
      })
      .transform((value, ctx) => ({
        outcome: value.outcome,
        why: value.why,
        told: value.told,
        decided_on: needDate(ask, value, 'decided', { today, missing: words.dayMissing, ctx }),
      })),
    ask.form,
  )
  if (!read.ok) return view(ask, trial, read.errors)
  await conclude(ask.tx, workerOf(ask), trial.id, read.value, ask.house.now())
  return redirect(`/adoption/${trial.id}?done=outcome`)
})

const mine = async (ask: Ask): Promise<Trial> => {
  const trial = await trialHere(ask)
  if (!mayTry(workerOf(ask), trial)) throw new NotFound()
  return trial
}

const view = (ask: Ask, trial: Trial, errors: readonly FieldError[] = []) => {
  const { outcome: words, states } = ask.w.adoption.trials
  const box = { ask, errors }
  return onePage({
    ask,
    title: words.title,
    caption: firstLine(trial.trying),
    back: { href: `/adoption/${trial.id}`, text: ask.w.common.back },
    errors,
    script: 'keep',
    children: (
      <Keeps ask={ask} button={words.button}>
        <Radios
          name="outcome"
          fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'outcome')}
          errorMessage={errorFor(errors, 'outcome')}
          items={trialOutcomes.map((value) => ({ value, text: states[value], hint: words.hints[value] }))}
        />
        <WordsBox {...box} name="why" label={words.why} hint={words.whyHint} />
        <WordsBox {...box} name="told" label={words.told} hint={words.toldHint} />
        <DateBoxes ask={ask} name="decided" legend={words.day} form={ask.form} errors={errors} />
      </Keeps>
    ),
  })
}
