import { z } from 'zod'
import {
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Form,
  keptPage,
  Radios,
  readDate,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { couldNotHear } from '../../voice/hear.ts'
import { absenceReasons, stages } from '../../voice/voice.ts'
import { formPage, needWords } from './frame.tsx'
import { StageField } from './hear.tsx'

/** Nobody heard them at a stage: a reason, and the day of the next try, or it cannot be saved. */
export const notHeardPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendNotHeard: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.voice.absence
  const schema = z
    .strictObject({
      stage: z.enum(stages, ask.w.voice.write.stageMissing),
      reason: z.enum(absenceReasons, words.reasonMissing),
      why: needWords(ask, words.whyMissing),
      ...dateBoxes(ask, 'next'),
    })
    .transform((value, ctx) => {
      const next = readDate(ask, value, 'next', inAYear(at.today), ctx)
      if (next !== null && next < at.today)
        ctx.addIssue({ code: 'custom', message: words.nextWrong, path: ['next-day'] })
      if (next === null && typed(ask.form, 'next-day') === '')
        ctx.addIssue({ code: 'custom', message: words.nextMissing, path: ['next-day'] })
      return { ...value, next_try_on: next ?? '' }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  await couldNotHear(ask.tx, ask.house.keys, at.worker, at.subject, read.value, at.now)
  return redirect(`/people/${at.subject.id}/voice?done=tried`)
}

const inAYear = (today: string): string => `${Number(today.slice(0, 4)) + 1}${today.slice(4, 8)}28`

const view = (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const { absence: words, write, stages: stageWords } = ask.w.voice
  return formPage(ask, at, {
    title: words.title,
    back: `/people/${at.subject.id}/voice`,
    errors,
    children: (
      <>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} once>
          <StageField ask={ask} label={write.stage} errors={errors} stages={stageWords} />
          <Radios
            name="reason"
            fieldset={{ legend: { text: words.reason, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'reason')}
            errorMessage={errorFor(errors, 'reason')}
            items={absenceReasons.map((value) => ({ value, text: words.reasons[value] }))}
          />
          <Textarea
            name="why"
            label={{ text: words.why, classes: 'govuk-label--s' }}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <DateBoxes ask={ask} name="next" legend={words.next} hint={words.nextHint} form={ask.form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
