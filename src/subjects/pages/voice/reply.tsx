import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import {
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Form,
  keptPage,
  needDate,
  Radios,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import { reply } from '../../voice/hear.ts'
import { voicesOf } from '../../voice/queries.ts'
import { explainedHow, type Voice } from '../../voice/voice.ts'
import { formPage, needWords } from './frame.tsx'

/** What came of what they said, and how it was explained back to them. */
export const replyPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at, await voiceAt(ask, at))
}

export const sendReply: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const voice = await voiceAt(ask, at)
  const words = ask.w.voice.replyPage
  const schema = z
    .strictObject({
      did: needWords(ask, words.didMissing),
      explained: z.enum([...explainedHow, 'not yet'], words.explainedMissing),
      ...dateBoxes(ask, 'explained_on'),
    })
    .transform((value, ctx) => {
      if (value.explained === 'not yet') return { did: value.did, explained: null, explained_on: null }
      const explained_on = needDate(ask, value, 'explained_on', { today: at.today, missing: words.onMissing, ctx })
      return { did: value.did, explained: value.explained, explained_on }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, voice, read.errors)
  await reply(ask.tx, ask.house.keys, at.worker, at.subject, { voice: voice.id, ...read.value }, at.now)
  return redirect(`/people/${at.subject.id}/voice?done=replied`)
}

/** @throws {NotFound} for what this viewer does not read */
const voiceAt = async (ask: Ask, at: Through): Promise<Voice> => {
  const all = await voicesOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const found = all.find(({ id }) => id === ask.params['voice'])
  if (!found) throw new NotFound()
  return found
}

const view = (ask: Ask, at: Through, voice: Voice, errors: readonly FieldError[] = []) => {
  const { replyPage: words, explainedHow: how, wanted } = ask.w.voice
  return formPage(ask, at, {
    title: words.title,
    back: `/people/${at.subject.id}/voice`,
    errors,
    children: (
      <>
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {voice.words}
        </blockquote>
        {voice.wanted && (
          <>
            <h2 class="govuk-heading-s">{wanted}</h2>
            <p class="govuk-body trellis-words" dir="auto">
              {voice.wanted}
            </p>
          </>
        )}
        <Form ask={ask} once>
          <Textarea
            name="did"
            label={{ text: words.did, classes: 'govuk-label--s' }}
            hint={words.didHint}
            value={typed(ask.form, 'did')}
            errorMessage={errorFor(errors, 'did')}
          />
          <Radios
            name="explained"
            fieldset={{ legend: { text: words.explained, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'explained')}
            errorMessage={errorFor(errors, 'explained')}
            items={[
              ...explainedHow.map((value) => ({ value, text: capital(how[value]) })),
              { value: 'not yet', text: words.notYet },
            ]}
          />
          <DateBoxes ask={ask} name="explained_on" legend={words.on} form={ask.form} errors={errors} />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </>
    ),
  })
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
