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
  const words = ask.w.plan.action
  const long = fill(words.long, { most: most_words.toLocaleString('en-GB') })
  const schema = z
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
  const read = readForm(schema, ask.form)
  if (!read.ok || !read.value.owner) return view(ask, at, there, read.ok ? [] : read.errors)
  const { owner, ...said } = read.value
  await addAction(ask.tx, ask.house.keys, at.worker, at.subject, { ...said, owner }, at.now)
  return redirect(`${planOfRecord(at)}?done=action`)
})

type Choices = { owners: Owners; goals: Goal[] }
const choices = async (ask: Ask, at: Through): Promise<Choices> => {
  const goals = await goalsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  return { owners: await ownersFor(ask, at), goals: goals.filter(({ outcome }) => outcome === null) }
}

const view = (ask: Ask, at: Through, { owners, goals }: Choices, errors: readonly FieldError[] = []) => {
  const { action: words, parts: partNames } = ask.w.plan
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
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
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}

const shortened = (text: string): string => (text.length > 70 ? `${text.slice(0, 69)}…` : text)
