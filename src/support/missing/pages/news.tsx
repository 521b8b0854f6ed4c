import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  Form,
  Input,
  readForm,
  redirect,
  Select,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { grades, linkKinds, type Episode } from '../missing.ts'
import { gradeMissing, linkMissing } from '../report.ts'
import { episodePath, withEpisode } from './frame.tsx'
import { GradeSelect } from './new.tsx'

/** What is new of an episode: how the police grade it now, or whom or what it may have to do with. */
export const newsPage = withEpisode((ask, at, episode) => view(ask, at, episode))

export const sendNews = withEpisode(async (ask, at, episode) => {
  const words = ask.w.missing.news
  const spare = z.string().trim().max(most_words, tooLong(ask)).default('')
  const schema = z
    .strictObject({ grade: spare, reference: spare, why: spare, kind: spare, words: spare })
    .transform((value, ctx) => {
      const grade = grades.find((one) => one === value.grade)
      const kind = linkKinds.find((one) => one === value.kind)
      const wrong = (field: string, message: string) => ctx.addIssue({ code: 'custom', message, path: [field] })
      if (kind && !value.words) wrong('words', words.wordsMissing)
      if (!kind && value.words) wrong('kind', words.kindMissing)
      if (!grade && !kind && !value.words) wrong('grade', words.nothing)
      return { ...value, grade, kind }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, episode, read.errors)
  const { grade, reference, why, kind, words: said } = read.value
  const of = { keys: ask.house.keys, subject: at.subject, episode: episode.id }
  if (grade) await gradeMissing(ask.tx, at.worker, of, { grade, reference, why }, at.now)
  if (kind) await linkMissing(ask.tx, at.worker, of, { kind, words: said }, at.now)
  return redirect(`${episodePath(at, episode)}?done=news`)
})

const view = (ask: Ask, at: Through, episode: Episode, errors: readonly FieldError[] = []) => {
  const { missing } = ask.w
  const words = missing.news
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    back: { href: episodePath(at, episode), text: missing.title },
    children: (
      <Form ask={ask} once>
        <GradeSelect ask={ask} label={words.grade} none={words.noGrade} errors={errors} />
        <Input name="reference" label={words.reference} value={typed(ask.form, 'reference')} autocomplete="off" />
        <WordsBox ask={ask} name="why" label={words.why} rows={2} errors={errors} />
        <Select
          name="kind"
          label={{ text: words.kind, classes: 'govuk-label--s' }}
          value={typed(ask.form, 'kind')}
          errorMessage={errorFor(errors, 'kind')}
          items={[
            { value: '', text: words.noKind },
            ...linkKinds.map((value) => ({ value, text: missing.linkKinds[value] })),
          ]}
        />
        <WordsBox ask={ask} name="words" label={words.words} rows={2} errors={errors} />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
