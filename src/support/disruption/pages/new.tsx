import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  dateShown,
  errorFor,
  Form,
  Input,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, withPerson, WordsBox } from '../../plan/pages/frame.tsx'
import { mayPlan } from '../../plan/may.ts'
import { groups, tools } from '../disruption.ts'
import { keepDisruption } from '../keep.ts'
import { readStep, stepBoxes, StepFields } from './step-fields.tsx'

/** What is used to stop whoever does the harm: at whom, by whom, why, and the questions that come with it. */
export const newDisruptionPage = withPerson((ask, at) => view({ ...ask, form: dateShown('on', at.today) }, working(at)))

export const sendDisruption = withPerson(async (ask, at) => {
  const words = ask.w.packs.disruption
  const need = (missing: string) => z.string(missing).trim().min(1, missing).max(most_words, tooLong(ask))
  const schema = z
    .strictObject({
      tool: z.string(words.toolMissing).refine((code) => tools.some((one) => one.code === code), words.toolMissing),
      aim: need(words.aimMissing),
      by: need(words.byMissing),
      grounds: need(words.groundsMissing),
      ...stepBoxes(ask),
    })
    .transform((value, ctx) => {
      const { tool, aim, by, grounds } = value
      return { tool, aim, applied_by: by, grounds, first: readStep(ask, value, at.today, ctx) }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, working(at), read.errors)
  const id = await keepDisruption(ask.tx, ask.house.keys, working(at).worker, at.subject, read.value, at.now)
  return redirect(`/people/${at.subject.id}/disruption/${id}?done=tool`)
})

/** It is the circle's, as the part of the plan that it belongs to. @throws {NotFound} */
export const working = (at: Through): Through => {
  if (!mayPlan(at)) throw new NotFound()
  return at
}

const view = (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const { disruption: words, title } = ask.w.packs
  return formPage({
    ask,
    at,
    title: words.add,
    errors,
    back: { href: `/people/${at.subject.id}/packs`, text: title },
    children: (
      <Form ask={ask} once>
        <Select
          name="tool"
          label={{ text: words.tool, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'tool')}
          errorMessage={errorFor(errors, 'tool')}
          items={[
            { value: '', text: '' },
            ...tools.map(({ code, label, group }) => ({ value: code, text: `${groups[group] ?? group}: ${label}` })),
          ]}
        />
        <WordsBox ask={ask} name="aim" label={words.aim} rows={2} errors={errors} />
        <Input
          name="by"
          label={{ text: words.by, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'by')}
          errorMessage={errorFor(errors, 'by')}
          autocomplete="off"
        />
        <WordsBox ask={ask} name="grounds" label={words.grounds} errors={errors} />
        <StepFields ask={ask} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
