import { z } from 'zod'
import {
  Button,
  dateBoxes,
  DateBoxes,
  dateShown,
  errorFor,
  fill,
  Form,
  keptPage,
  needDate,
  Radios,
  readForm,
  redirect,
  Tag,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { askOutcomes, outcomesOf } from '../../voice/outcomes.ts'
import { areOutcomesChecked, askedCodes, mets, points, type Met, type OwnOutcome } from '../../voice/voice.ts'
import { formPage, mayWords } from './frame.tsx'

/** Whether an adult was asked what they want to come of it, what they said, and how far each is met, as they see it. */
export const outcomesPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  return view({ ...ask, form: dateShown('asked_on', at.today) }, at, await earlier(ask, at))
}

export const sendOutcomes: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const outcomes = await earlier(ask, at)
  const words = ask.w.voice.outcomes
  const each = outcomes.map(({ id }) => [nameOf(id), z.enum([...mets, '']).default('')] as const)
  const schema = z
    .object({
      ...Object.fromEntries(each),
      point: z.enum(points, words.pointMissing),
      asked: z.enum(askedCodes, words.askedMissing),
      words: mayWords(ask),
      ...dateBoxes(ask, 'asked_on'),
    })
    .transform((value, ctx) => {
      const asked_on = needDate(ask, value, 'asked_on', { today: at.today, missing: words.onMissing, ctx })
      const said = value.words.split(/\r?\n/).filter((line) => /\S/.test(line))
      if (value.asked === 'yes and expressed' && said.length === 0 && outcomes.length === 0)
        ctx.addIssue({ code: 'custom', message: words.wordsMissing, path: ['words'] })
      return { point: value.point, asked: value.asked, asked_on, words: said }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, outcomes, read.errors)
  const met = new Map(
    outcomes.flatMap(({ id }) => {
      const how = mets.find((one) => one === typed(ask.form, nameOf(id)))
      return how ? [[id, how] as [string, Met]] : []
    }),
  )
  await askOutcomes(ask.tx, ask.house.keys, at.worker, at.subject, { ...read.value, met }, at.now)
  return redirect(`/people/${at.subject.id}/voice?done=asked`)
}

const nameOf = (id: string): string => `met-${id}`

const earlier = async (ask: Ask, at: Through): Promise<OwnOutcome[]> =>
  (await outcomesOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)).outcomes

const view = (ask: Ask, at: Through, outcomes: readonly OwnOutcome[], errors: readonly FieldError[] = []) => {
  const words = ask.w.voice.outcomes
  const radios = (name: string, legend: string, of: Readonly<Record<string, string>>, values: readonly string[]) => (
    <Radios
      name={name}
      fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' } }}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      items={values.map((value) => ({ value, text: of[value] ?? value }))}
    />
  )
  return formPage(ask, at, {
    title: words.title,
    back: `/people/${at.subject.id}/voice`,
    errors,
    children: (
      <>
        <p class="govuk-body">{words.intro}</p>
        {!areOutcomesChecked && (
          <p class="govuk-body">
            <Tag classes="govuk-tag--yellow">{words.toCheckTag}</Tag> {words.toCheck}
          </p>
        )}
        <Form ask={ask} once>
          {radios('point', words.point, words.points, points)}
          {radios('asked', words.asked, words.askedCodes, askedCodes)}
          <DateBoxes ask={ask} name="asked_on" legend={words.on} form={ask.form} errors={errors} />
          {outcomes.map(({ id, words: said }) => (
            <Radios
              name={nameOf(id)}
              fieldset={{ legend: { text: fill(words.met, { outcome: said }), classes: 'govuk-fieldset__legend--s' } }}
              hint={words.metHint}
              value={typed(ask.form, nameOf(id))}
              items={[...mets.map((value) => ({ value, text: words.mets[value] })), { value: '', text: words.notSaid }]}
            />
          ))}
          <Textarea
            name="words"
            label={{ text: words.words, classes: 'govuk-label--s' }}
            hint={words.wordsHint}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}
