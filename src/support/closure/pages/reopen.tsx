import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import { Button, Form, readForm, redirect, type Ask, type FieldError } from '../../../web/index.ts'
import { formPage, most_words, tooLong, withPlan, WordsBox } from '../../plan/pages/frame.tsx'
import { reopen } from '../reopen.ts'

/** Open again: one step, one reason. */
export const reopenPage = withPlan((ask, at) => view(ask, at))

export const sendReopen = withPlan(async (ask, at) => {
  const { whyMissing } = ask.w.plan.reopen
  const why = z.string(whyMissing).regex(/\S/, whyMissing).max(most_words, tooLong(ask))
  const read = readForm(z.strictObject({ why }), ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  await reopen(ask.tx, ask.house.keys, at.worker, at.subject.id, read.value.why, at.now)
  return redirect(`/people/${at.subject.id}/plan?done=reopened`)
})

const view = (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan.reopen
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <Form ask={ask} once>
        <p class="govuk-body">{words.intro}</p>
        <WordsBox ask={ask} name="why" label={words.why} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
