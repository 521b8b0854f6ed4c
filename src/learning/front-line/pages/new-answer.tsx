import { z } from 'zod'
import type { StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Checkboxes,
  DateBoxes,
  dateBoxes,
  errorFor,
  fill,
  Form,
  Input,
  needDate,
  readForm,
  redirect,
  Textarea,
  ticked,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { labelIn } from '../../codes.ts'
import { answerThemes } from '../answer.ts'
import { themes } from '../codes.ts'
import { roundsOf } from '../round.ts'
import { shownThemes } from '../voices.ts'
import { frontLinePage, most_words } from './frame.tsx'

/** The chair answers one theme or several together, for all staff to read. */
export const newAnswerPage: Handler = async (ask) => view(ask, await mayAnswer(ask))

export const sendNewAnswer: Handler = async (ask) => {
  const may = await mayAnswer(ask)
  const read = readForm(schemaOf(ask, may), ask.form)
  if (!read.ok) return view(ask, may, read.errors)
  const { themes: chosen, ...answer } = read.value
  const pairs = may.filter(({ value }) => chosen.includes(value)).map(({ round, theme }) => ({ round, theme }))
  const id = await answerThemes(ask.tx, ask.viewer as StaffViewer, { ...answer, themes: pairs }, ask.house.now())
  return redirect(`/front-line/answers/${id}?done=answered`)
}

type May = { value: string; text: string; round: string; theme: string }
const mayAnswer = async (ask: Ask): Promise<May[]> => {
  const numbers = new Map((await roundsOf(ask.tx, ask.place.id)).map(({ id, number }) => [id, number]))
  return (await shownThemes(ask.tx, ask.place.id)).toReversed().map(({ round_id, theme }) => ({
    value: `${round_id} ${theme}`,
    text: fill(ask.w.frontLine.answer.theme, { theme: labelIn(themes, theme), number: numbers.get(round_id) ?? '' }),
    round: round_id,
    theme,
  }))
}

/** An answer may promise a day far off, and none that is no day. */
const no_end = '9999-12-31'

const schemaOf = (ask: Ask, may: readonly May[]) => {
  const words = ask.w.frontLine.answer
  const box = (missing: string, most = most_words) =>
    z.string(missing).regex(/\S/, missing).max(most, fill(ask.w.frontLine.tooLong, { most }))
  return z
    .strictObject({
      themes: z
        .union([z.string().transform((one) => [one]), z.array(z.string())], words.themesMissing)
        .refine((all) => all.some((one) => may.some(({ value }) => value === one)), words.themesMissing),
      said: box(words.saidMissing),
      will: box(words.willMissing),
      owner: box(words.ownerMissing, 200),
      ...dateBoxes(ask, 'by'),
    })
    .transform(({ themes: chosen, said, will, owner, ...value }, ctx) => ({
      themes: chosen,
      said,
      will,
      owner,
      by_on: needDate(ask, value, 'by', { today: no_end, missing: words.byMissing, ctx }),
    }))
}

const view = (ask: Ask, may: readonly May[], errors: readonly FieldError[] = []) => {
  const words = ask.w.frontLine.answer
  const area = (name: 'said' | 'will') => (
    <Textarea
      name={name}
      label={{ text: words[name], classes: 'govuk-label--s' }}
      hint={words[`${name}Hint`]}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
    />
  )
  return frontLinePage({
    ask,
    title: words.title,
    above: <BackLink href={ask.href('/front-line')}>{ask.w.frontLine.theme.back}</BackLink>,
    errors,
    children:
      may.length === 0 ? (
        <p class="govuk-body">{words.none}</p>
      ) : (
        <>
          <p class="govuk-body-l">{words.intro}</p>
          <Form ask={ask} once>
            <Checkboxes
              name="themes"
              fieldset={{ legend: { text: words.themes, classes: 'govuk-fieldset__legend--s' } }}
              hint={words.themesHint}
              values={ticked(ask.form, 'themes')}
              errorMessage={errorFor(errors, 'themes')}
              items={may.map(({ value, text }) => ({ value, text }))}
            />
            {area('said')}
            {area('will')}
            <Input
              name="owner"
              label={{ text: words.owner, classes: 'govuk-label--s' }}
              hint={words.ownerHint}
              value={typed(ask.form, 'owner')}
              errorMessage={errorFor(errors, 'owner')}
            />
            <DateBoxes ask={ask} name="by" legend={words.by} form={ask.form} errors={errors} />
            <Button preventDoubleClick>{words.button}</Button>
          </Form>
        </>
      ),
  })
}
