import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { goalEnds, parts, whoses } from '../plan.ts'
import { goalsOf } from '../queries.ts'
import { addGoal, endGoal } from '../write.ts'
import { formPage, most_words, tooLong, withPlan, WordsBox } from './frame.tsx'

/** What they want, or what protects them. */
export const goalPage = withPlan((ask, at) => newView(ask, at))

export const sendGoal = withPlan(async (ask, at) => {
  const words = ask.w.plan.goal
  const long = fill(words.long, { most: most_words.toLocaleString('en-GB') })
  const read = readForm(
    z.strictObject({
      part: z.enum(parts, words.partMissing),
      whose: z.enum(whoses, words.whoseMissing),
      words: z.string(words.wordsMissing).regex(/\S/, words.wordsMissing).max(most_words, long),
    }),
    ask.form,
  )
  if (!read.ok) return newView(ask, at, read.errors)
  await addGoal(ask.tx, ask.house.keys, at.worker, at.subject, read.value, at.now)
  return redirect(`/people/${at.subject.id}/plan?done=goal`)
})

const newView = (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const { goal: words, parts: partNames, whose } = ask.w.plan
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <Form ask={ask} once>
        <Radios
          name="whose"
          fieldset={{ legend: { text: words.whose, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'whose')}
          errorMessage={errorFor(errors, 'whose')}
          items={whoses.map((value) => ({ value, text: whose[value], hint: words.whoseHints[value] }))}
        />
        <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
        <Radios
          name="part"
          fieldset={{ legend: { text: words.part, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'part') || ask.query['part']}
          errorMessage={errorFor(errors, 'part')}
          items={parts.map((value) => ({ value, text: partNames[value] }))}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}

/** What became of a goal. */
export const goalEndPage = withPlan(async (ask, at) => endView(ask, at, await find(ask, at)))

export const sendGoalEnd = withPlan(async (ask, at) => {
  const goal = await find(ask, at)
  const words = ask.w.plan.goalEnd
  const read = readForm(
    z.strictObject({
      outcome: z.enum(goalEnds, words.outcomeMissing),
      why: z.string(words.whyMissing).regex(/\S/, words.whyMissing).max(most_words, tooLong(ask)),
    }),
    ask.form,
  )
  if (!read.ok) return endView(ask, at, goal, read.errors)
  const ending = { goal: goal.id, part: goal.part, ...read.value }
  const kept = await endGoal(ask.tx, ask.house.keys, at.worker, at.subject, ending, at.now)
  if (!kept) return endView(ask, at, goal, [{ field: 'outcome', text: words.before }])
  return redirect(`/people/${at.subject.id}/plan?done=ended`)
})

/** @throws {NotFound} */
const find = async (ask: Ask, at: Through) => {
  const all = await goalsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const goal = all.find(({ id }) => id === ask.params['goal'])
  if (!goal) throw new NotFound()
  return goal
}

const endView = (ask: Ask, at: Through, goal: Awaited<ReturnType<typeof find>>, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan.goalEnd
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <>
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {goal.words}
        </blockquote>
        <Form ask={ask} once>
          <Radios
            name="outcome"
            fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'outcome')}
            errorMessage={errorFor(errors, 'outcome')}
            items={goalEnds.map((value) => ({ value, text: words.outcomes[value] }))}
          />
          <WordsBox ask={ask} name="why" label={words.why} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
