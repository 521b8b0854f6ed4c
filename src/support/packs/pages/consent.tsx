import { z } from 'zod'
import {
  Button,
  DateBoxes,
  dateBoxes,
  dateShown,
  errorFor,
  Form,
  InsetText,
  needDate,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { atPack, type AtPack } from '../at-pack.ts'
import { isNearlyEighteen } from '../nrm.ts'
import { keepConsent } from '../say.ts'

const abouts = ['referral', 'at 18'] as const
const supports = ['yes', 'no', 'not known'] as const

/** What the person says to being referred, or to staying in it from 18, with how they were asked. */
export const consentPage: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  return view({ ...ask, form: { about: aboutNow(here), ...dateShown('asked', here.at.today) } }, here)
}

export const sendConsent: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  const { at, pack, base } = here
  const words = ask.w.packs.consent
  const schema = z
    .strictObject({
      about: z.enum(abouts, words.aboutMissing),
      answer: z.enum(['given', 'refused'], words.answerMissing),
      words: z.string(words.wordsMissing).trim().min(1, words.wordsMissing).max(most_words, tooLong(ask)),
      support: z.string().default(''),
      ...dateBoxes(ask, 'asked'),
    })
    .transform((value, ctx) => ({
      about: value.about,
      answer: value.answer,
      words: value.words,
      wants_support: supports.find((one) => one === value.support) ?? null,
      asked_on: needDate(ask, value, 'asked', { today: at.today, missing: words.askedMissing, ctx }),
    }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, here, read.errors)
  const of = { keys: ask.house.keys, subject: at.subject, pack: pack.id }
  await keepConsent(ask.tx, at.worker, of, read.value, at.now)
  return redirect(`${base}?done=consent`)
}

/** So near the birthday it is most likely about what comes after it. */
const aboutNow = ({ at }: AtPack) => (isNearlyEighteen(at.subject.adult_from, at.today) ? 'at 18' : 'referral')

const view = (ask: Ask, here: AtPack, errors: readonly FieldError[] = []) => {
  const { at, base, route } = here
  const { consent: words, nrm } = ask.w.packs
  const script = aboutNow(here) === 'at 18' ? 'nearly' : route === 'child' ? 'child' : 'adult'
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: base, text: nrm },
    children: (
      <>
        <h2 class="govuk-heading-m">{words.script}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {words.scripts[script].map((line) => (
            <li>{line}</li>
          ))}
        </ul>
        {route === 'child' && <InsetText>{words.child}</InsetText>}
        <Form ask={ask} once>
          <Choice ask={ask} name="about" legend={words.about} items={words.abouts} errors={errors} />
          <Choice ask={ask} name="answer" legend={words.answer} items={words.answers} errors={errors} />
          <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
          <Choice ask={ask} name="support" legend={words.support} items={words.supports} errors={errors} />
          <DateBoxes ask={ask} name="asked" legend={words.asked} form={ask.form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

/** One of several codes. */
export const Choice = (props: {
  ask: Ask
  name: string
  legend: string
  hint?: string
  items: Readonly<Record<string, string>>
  errors: readonly FieldError[]
}) => (
  <Radios
    name={props.name}
    fieldset={{ legend: { text: props.legend, classes: 'govuk-fieldset__legend--s' } }}
    hint={props.hint}
    value={typed(props.ask.form, props.name)}
    errorMessage={errorFor(props.errors, props.name)}
    items={Object.entries(props.items).map(([value, text]) => ({ value, text }))}
  />
)
