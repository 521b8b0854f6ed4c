import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { aboutMeeting, atMeeting, isContext, type AtMeeting } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  needDate,
  page,
  Radios,
  readForm,
  redirect,
  Select,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { WordsBox } from '../../plan/pages/frame.tsx'
import { hows, needsHow, needsWords, partsSaid, sayPart } from '../part.ts'

const most = 4000

/** A step of the person's own part: asked, there or brought in, and how what was decided was explained to them. */
export const partPage: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return there.answer
  if (isContext(there.at.subject)) throw new NotFound()
  return view(ask, there)
}

export const sendPart: Handler = async (ask) => {
  const there = await atMeeting(ask)
  if (there.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const { at, meeting, base } = there
  if (isContext(at.subject)) throw new NotFound()
  const words = ask.w.panels.part
  const schema = z
    .strictObject({
      said: z.enum(partsSaid, words.saidMissing),
      how: z.enum(['', ...hows]).default(''),
      ...dateBoxes(ask, 'on'),
      words: z
        .string()
        .trim()
        .max(most, fill(words.long, { most: most.toLocaleString('en-GB') }))
        .default(''),
    })
    .transform((value, ctx) => {
      const { said, how } = value
      const on_day = needDate(ask, value, 'on', { today: at.today, missing: words.dayMissing, ctx })
      if (needsHow(said) && !how) ctx.addIssue({ code: 'custom', message: words.howMissing, path: ['how'] })
      if (needsWords(said) && !value.words)
        ctx.addIssue({ code: 'custom', message: words.wordsMissing, path: ['words'] })
      return { said, how, on_day, words: value.words }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, there, read.errors)
  await sayPart(ask.tx, ask.house.keys, at.worker, meeting, read.value, at.now)
  return redirect(`${base}/minutes?done=part`)
}

const view = (ask: Ask, there: AtMeeting, errors: readonly FieldError[] = []) => {
  const words = ask.w.panels.part
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutMeeting(there),
    body: (
      <>
        <BackLink href={ask.href(`${there.base}/minutes`)}>{ask.w.panels.minutes.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Form ask={ask} once>
          <Radios
            name="said"
            fieldset={{ legend: { text: words.said, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'said')}
            errorMessage={errorFor(errors, 'said')}
            items={partsSaid.map((value) => ({ value, text: words.saids[value] }))}
          />
          <Select
            name="how"
            label={{ text: words.how, classes: 'govuk-label--s' }}
            value={typed(ask.form, 'how')}
            errorMessage={errorFor(errors, 'how')}
            items={[{ value: '', text: '' }, ...hows.map((value) => ({ value, text: words.hows[value] }))]}
          />
          <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
          <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
