import { z } from 'zod'
import type { StaffViewer } from '../../../platform/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  InsetText,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { answerQuestions, hasAnswered } from '../answer-questions.ts'
import { answerCodes, answers, levelCodes, statements } from '../codes.ts'
import { openRound } from '../round.ts'
import { frontLinePage } from './frame.tsx'
import { LevelField } from './level-field.tsx'

/** The questions that are asked again each round, of everybody from the front line to the board. */
export const questionsPage: Handler = async (ask) => view(ask, await standing(ask))

export const sendQuestions: Handler = async (ask) => {
  const read = readForm(schemaOf(ask), ask.form)
  if (!read.ok) return view(ask, 'open', read.errors)
  const { level, ...given } = read.value
  const counted = await answerQuestions(ask.tx, ask.house.keys, ask.viewer as StaffViewer, { level, answers: given })
  if (counted !== 'counted') return view(ask, counted)
  return redirect('/front-line/questions?done=counted')
}

type Standing = 'open' | 'already' | 'no round'
const standing = async (ask: Ask): Promise<Standing> => {
  const round = await openRound(ask.tx, ask.place.id)
  if (!round) return 'no round'
  return (await hasAnswered(ask.tx, ask.house.keys, ask.viewer as StaffViewer, round.id)) ? 'already' : 'open'
}

const schemaOf = (ask: Ask) => {
  const words = ask.w.frontLine
  return z.strictObject({
    level: z.enum(levelCodes, words.say.levelMissing),
    ...Object.fromEntries(
      statements.map(({ code, text }) => [code, z.enum(answerCodes, fill(words.questions.missing, { text }))]),
    ),
  }) as z.ZodType<{ level: string } & Record<string, string>>
}

const view = (ask: Ask, stands: Standing, errors: readonly FieldError[] = []) => {
  const words = ask.w.frontLine
  return frontLinePage({
    ask,
    title: words.questions.title,
    active: 'questions',
    errors,
    children: (
      <>
        <p class="govuk-body-l">{words.questions.intro}</p>
        {stands === 'no round' && <InsetText>{words.noRound}</InsetText>}
        {stands === 'already' && <InsetText>{words.questions.already}</InsetText>}
        {stands === 'open' && (
          <>
            <p class="govuk-body">{words.questions.how}</p>
            <Form ask={ask}>
              <LevelField ask={ask} errors={errors} />
              {statements.map(({ code, text }) => (
                <Radios
                  name={code}
                  fieldset={{ legend: { text, classes: 'govuk-fieldset__legend--s' } }}
                  classes="govuk-radios--inline govuk-radios--small"
                  value={typed(ask.form, code)}
                  errorMessage={errorFor(errors, code)}
                  items={answers.map((answer) => ({ value: answer.code, text: answer.label }))}
                />
              ))}
              <Button preventDoubleClick>{words.questions.button}</Button>
            </Form>
          </>
        )}
      </>
    ),
  })
}
