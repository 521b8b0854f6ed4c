import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Radios,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { addAction } from '../act.ts'
import { ownersFor, type Owners } from '../owners.ts'
import { partsOf, type Goal, type Part } from '../plan.ts'
import { goalsOf } from '../queries.ts'
import { formPage, most_words, planOfRecord, withPlan, WordsBox } from './frame.tsx'
import { DueBoxes, ownerBoxes, OwnerFields, readDue, readOwner } from './owner-fields.tsx'

/** What one person is to do by one day. */
export const actionPage = withPlan(async (ask, at) => view(ask, at, await choices(ask, at)))

export const sendAction = withPlan(async (ask, at) => {
  const there = await choices(ask, at)
  const read = readForm(actionSchema(ask, at, there), ask.form)
  if (!read.ok || !read.value.owner) return view(ask, at, there, read.ok ? [] : read.errors)
  const { owner, ...said } = read.value
  await addAction(ask.tx, ask.house.keys, at.worker, at.subject, { ...said, owner }, at.now)
  return redirect(`${planOfRecord(at)}?done=action`)
})

/** What the form of an action says; the owner is there wherever nothing is missing. */
export const actionSchema = (ask: Ask, at: Through, there: Choices) => {
  const words = ask.w.plan.action
  const long = fill(words.long, { most: most_words.toLocaleString('en-GB') })
  return z
    .strictObject({
      words: z.string(words.wordsMissing).regex(/\S/, words.wordsMissing).max(most_words, long),
      part: z.enum(partsOf(at.subject) as [Part, ...Part[]], ask.w.plan.goal.partMissing),
      goal: z.string().default(''),
      ...ownerBoxes(ask),
    })
    .transform((value, ctx) => ({
      part: value.part,
      words: value.words,
      goal: there.goals.find(({ id }) => id === value.goal)?.id ?? null,
      owner: readOwner(ask, there.owners, value, ctx),
      due_on: readDue(ask, at.today, value, ctx),
    }))
}

export type Choices = { owners: Owners; goals: Goal[] }
export const choices = async (ask: Ask, at: Through): Promise<Choices> => {
  const goals = await goalsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  return { owners: await ownersFor(ask, at), goals: goals.filter(({ outcome }) => outcome === null) }
}

const view = (ask: Ask, at: Through, there: Choices, errors: readonly FieldError[] = []) =>
  formPage({
    ask,
    at,
    title: ask.w.plan.action.title,
    errors,
    children: <ActionForm ask={ask} at={at} there={there} errors={errors} button={ask.w.plan.action.button} />,
  })

type FormProps = { ask: Ask; at: Through; there: Choices; errors: readonly FieldError[]; button: string }
export const ActionForm = ({ ask, at, there: { owners, goals }, errors, button }: FormProps) => {
  const { action: words, parts: partNames } = ask.w.plan
  return (
    <Form ask={ask} once>
      <WordsBox ask={ask} name="words" label={words.words} hint={words.wordsHint} errors={errors} />
      <Radios
        name="part"
        fieldset={{ legend: { text: ask.w.plan.goal.part, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'part') || ask.query['part']}
        errorMessage={errorFor(errors, 'part')}
        items={partsOf(at.subject).map((value) => ({ value, text: partNames[value] }))}
      />
      {goals.length > 0 && (
        <Select
          name="goal"
          label={{ text: words.goal, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'goal')}
          items={[
            { value: '', text: words.noGoal },
            ...goals.map(({ id, words: text }) => ({ value: id, text: shortened(text) })),
          ]}
        />
      )}
      <OwnerFields ask={ask} owners={owners} errors={errors} />
      <DueBoxes ask={ask} errors={errors} />
      <Button preventDoubleClick>{button}</Button>
    </Form>
  )
}

const shortened = (text: string): string => (text.length > 70 ? `${text.slice(0, 69)}…` : text)
