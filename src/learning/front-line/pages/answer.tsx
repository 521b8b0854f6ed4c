import { z } from 'zod'
import { hasRole, NotFound, type StaffViewer } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  fill,
  Form,
  Radios,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { tellOutcome } from '../answer.ts'
import { became, becameCodes } from '../codes.ts'
import { answersKnown, OneAnswer, themesOf } from './answers.tsx'
import { frontLinePage, most_words } from './frame.tsx'

/** One answer, for all staff; the chair says there what became of it. */
export const answerPage: Handler = (ask) => view(ask)

export const sendOutcome: Handler = async (ask) => {
  const { answer } = await theAnswer(ask)
  const words = ask.w.frontLine.outcome
  const schema = z.strictObject({
    became: z.enum(becameCodes, words.becameMissing),
    words: z
      .string(words.wordsMissing)
      .regex(/\S/, words.wordsMissing)
      .max(most_words, fill(ask.w.frontLine.tooLong, { most: most_words })),
  })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, read.errors)
  await tellOutcome(ask.tx, ask.viewer as StaffViewer, answer.id, read.value, ask.house.now())
  return redirect(`/front-line/answers/${answer.id}?done=outcome`)
}

/** @throws {NotFound} */
const theAnswer = async (ask: Ask) => {
  const { answers, ...known } = await answersKnown(ask)
  const answer = answers.find(({ id }) => id === ask.params['answer'])
  if (!answer) throw new NotFound()
  return { answer, known }
}

const view = async (ask: Ask, errors: readonly FieldError[] = []) => {
  const { answer, known } = await theAnswer(ask)
  return frontLinePage({
    ask,
    title: themesOf(answer),
    above: <BackLink href={ask.href('/front-line/answers')}>{ask.w.frontLine.answers.title}</BackLink>,
    errors,
    children: (
      <>
        <OneAnswer ask={ask} answer={answer} {...known} />
        {hasRole(ask.viewer, 'chair') && <Tell ask={ask} errors={errors} />}
      </>
    ),
  })
}

const Tell = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.frontLine.outcome
  return (
    <section aria-labelledby="tell">
      <h2 class="govuk-heading-m" id="tell">
        {words.title}
      </h2>
      <Form ask={ask} once>
        <Radios
          name="became"
          fieldset={{ legend: { text: words.became, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'became')}
          errorMessage={errorFor(errors, 'became')}
          items={became.map(({ code, label }) => ({ value: code, text: label }))}
        />
        <Textarea
          name="words"
          label={{ text: words.words, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'words')}
          errorMessage={errorFor(errors, 'words')}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    </section>
  )
}
