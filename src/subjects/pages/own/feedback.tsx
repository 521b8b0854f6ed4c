import { z } from 'zod'
import { localDate } from '../../../platform/index.ts'
import {
  Button,
  Checkboxes,
  errorFor,
  Form,
  Link,
  Radios,
  readForm,
  redirect,
  ticked,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { stages } from '../../voice/voice.ts'
import { giveFeedback, heardWords } from '../../voice/you-said.ts'
import { asThemself, Box, mayWords, ownPage } from './at-own.tsx'

/** How it is going, in one of three words, and without a name if they like. */
export const feedbackPage: Handler = async (ask) => {
  const at = await asThemself(ask)
  return at.kind === 'answer' ? at.answer : view(ask)
}

export const sendFeedback: Handler = async (ask) => {
  const at = await asThemself(ask)
  if (at.kind === 'answer') return at.answer
  const words = ask.w.own.feedback
  const schema = z.strictObject({
    stage: z.enum(stages, words.stageMissing),
    heard: z.enum(heardWords, words.heardMissing),
    words: mayWords(ask),
    anonymous: z.literal('yes').optional(),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  const { anonymous, ...said } = read.value
  const { partnership, subject, through } = at.viewer
  const of = { subject: anonymous ? null : subject, agency: through, said_on: localDate(at.now, ask.place.zone) }
  await giveFeedback(ask.tx, ask.house.keys, partnership, { ...of, ...said })
  return redirect('/mine/open?done=feedback')
}

const view = (ask: Ask, errors: readonly FieldError[] = []) => {
  const words = ask.w.own.feedback
  return ownPage(ask, {
    title: words.title,
    errors,
    children: (
      <>
        <Form ask={ask}>
          <Radios
            name="heard"
            fieldset={{ legend: { text: words.heard, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'heard')}
            errorMessage={errorFor(errors, 'heard')}
            items={heardWords.map((value) => ({ value, text: words.heardWords[value] }))}
          />
          <Radios
            name="stage"
            fieldset={{ legend: { text: words.stage, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'stage')}
            errorMessage={errorFor(errors, 'stage')}
            items={stages.map((value) => ({ value, text: ask.w.voice.stages[value] }))}
          />
          <Box ask={ask} name="words" label={words.words} rows={3} errors={errors} />
          <Checkboxes
            name="anonymous"
            idPrefix="anonymous"
            values={ticked(ask.form, 'anonymous')}
            items={[{ value: 'yes', text: words.anonymous }]}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
        <p class="govuk-body">
          <Link href={ask.href('/you-said')}>{words.done}</Link>
        </p>
      </>
    ),
  })
}
