import { z } from 'zod'
import {
  Button,
  DateBoxes,
  dateBoxes,
  dateShown,
  Form,
  Input,
  needDate,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { atPack, type AtPack } from '../at-pack.ts'
import { isDecision, outcomes, whats, type Route, type What } from '../nrm.ts'
import { keepBecame } from '../say.ts'
import { Choice } from './consent.tsx'

/** That a person sent it, its reference, and each decision. */
export const outcomePage: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  return view({ ...ask, form: dateShown('on', here.at.today) }, here)
}

export const sendOutcome: Handler = async (ask) => {
  const here = await atPack(ask)
  if (here.kind === 'answer') return here.answer
  const { at, pack, base, route } = here
  const words = ask.w.packs.outcome
  const schema = z
    .strictObject({
      what: z.enum(whats, words.whatMissing),
      outcome: z.string().default(''),
      ...dateBoxes(ask, 'on'),
      reference: z.string().trim().max(300, tooLong(ask)).default(''),
      words: z.string().trim().max(most_words, tooLong(ask)).default(''),
    })
    .transform((value, ctx) => {
      const { what, reference, words: more } = value
      const decided = isDecision(what) ? (outcomes.find((one) => one === value.outcome) ?? null) : null
      const wrong = (field: string, message: string) => ctx.addIssue({ code: 'custom', message, path: [field] })
      if (isDecision(what) && !decided) wrong('outcome', words.outcomeMissing)
      const against = notYet(route, what)
      if (against) wrong('what', words[against])
      const on_date = needDate(ask, value, 'on', { today: at.today, missing: words.onMissing, ctx })
      return { what, outcome: decided, on_date, reference, words: more }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, here, read.errors)
  const of = { keys: ask.house.keys, subject: at.subject, pack: pack.id }
  await keepBecame(ask.tx, at.worker, of, read.value, at.now)
  return redirect(`${base}?done=outcome`)
}

/** An adult who was not asked, or said no, is not referred. */
const notYet = (route: Route, what: What): 'askFirst' | 'notAgreed' | undefined =>
  what !== 'sent'
    ? undefined
    : route === 'ask first'
      ? 'askFirst'
      : route === 'duty to notify'
        ? 'notAgreed'
        : undefined

const view = (ask: Ask, { at, base }: AtPack, errors: readonly FieldError[] = []) => {
  const { outcome: words, nrm } = ask.w.packs
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: base, text: nrm },
    children: (
      <Form ask={ask} once>
        <Choice ask={ask} name="what" legend={words.what} items={words.whats} errors={errors} />
        <Choice
          ask={ask}
          name="outcome"
          legend={words.outcome}
          hint={words.outcomeHint}
          items={words.outcomes}
          errors={errors}
        />
        <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
        <Input
          name="reference"
          label={{ text: words.reference, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'reference')}
          autocomplete="off"
        />
        <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
