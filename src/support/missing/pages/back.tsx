import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  Form,
  Input,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { comeBack } from '../back.ts'
import { isMissing, knowns, type Episode } from '../missing.ts'
import { episodePath, withEpisode } from './frame.tsx'
import { KnownRadios } from './new.tsx'
import { readWhen, WhenBoxes, whenBoxes, whenShown } from './when.tsx'

/** They are back: when, where, by whom, how, and whether the police saw that they are safe and well. */
export const backPage = withEpisode((ask, at, episode) =>
  view({ ...ask, form: whenShown(ask, 'ended', at.now) }, at, open(episode)),
)

export const sendBack = withEpisode(async (ask, at, episode) => {
  const words = ask.w.missing.back
  const spare = z.string().trim().max(most_words, tooLong(ask)).default('')
  const need = (missing: string) => z.string(missing).trim().min(1, missing).max(most_words, tooLong(ask))
  const schema = z
    .strictObject({
      ...whenBoxes(ask, 'ended'),
      where: need(words.whereMissing),
      by: need(words.byMissing),
      how: spare,
      prevention: z.enum(knowns, words.preventionMissing),
      well: z.enum(knowns, words.wellMissing),
      well_words: spare,
    })
    .transform((value, ctx) => {
      const ended_at = readWhen(ask, value, 'ended', { now: at.now, missing: words.endedMissing, ctx })
      if (ended_at && ended_at < episode.started_at)
        ctx.addIssue({ code: 'custom', message: words.early, path: ['ended-day'] })
      const { where, by, how, prevention, well, well_words } = value
      return { ended_at: ended_at!, where, by, how, prevention, well, well_words }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, episode, read.errors)
  const of = { keys: ask.house.keys, subject: at.subject, episode: episode.id }
  if (!(await comeBack(ask.tx, at.worker, of, read.value, at.now)))
    return view(ask, at, episode, [{ field: 'ended-day', text: words.before }])
  return redirect(`${episodePath(at, episode)}?done=back`)
})

/** @throws {NotFound} */
const open = (episode: Episode): Episode => {
  if (!isMissing(episode)) throw new NotFound()
  return episode
}

const view = (ask: Ask, at: Through, episode: Episode, errors: readonly FieldError[] = []) => {
  const { missing } = ask.w
  const words = missing.back
  const line = (name: string, label: string) => (
    <Input
      name={name}
      label={{ text: label, classes: 'govuk-label--s' }}
      value={typed(ask.form, name)}
      errorMessage={errorFor(errors, name)}
      autocomplete="off"
    />
  )
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: episodePath(at, episode), text: missing.title },
    children: (
      <Form ask={ask} once>
        <WhenBoxes ask={ask} name="ended" legend={words.ended} errors={errors} />
        {line('where', words.where)}
        {line('by', words.by)}
        {line('how', words.how)}
        <KnownRadios
          ask={ask}
          name="prevention"
          legend={words.prevention}
          hint={words.preventionHint}
          errors={errors}
        />
        <KnownRadios ask={ask} name="well" legend={words.well} errors={errors} />
        <WordsBox ask={ask} name="well_words" label={words.wellWords} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
