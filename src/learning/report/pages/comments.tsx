import { z } from 'zod'
import { namesFor } from '../../../staff/index.ts'
import { moment } from '../../../subjects/index.ts'
import {
  Button,
  errorFor,
  fill,
  Form,
  Link,
  readForm,
  redirect,
  Select,
  Tag,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { answerComment, comment, commentsOf, type Comment } from '../comment.ts'
import { partOf } from '../parts.ts'
import { places, type Place } from '../told.ts'
import { reportPage, withReport, type At } from './frame.tsx'

/** What is asked and noted about fields, each open until somebody answers it; and a form for one more. */
export const commentsPage = withReport((ask, at) => view(ask, at))

const most_words = 4000

export const sendComment = withReport(async (ask, at) => {
  const { wrong } = ask.w.learningReport.form.comments
  const read = readForm(
    z.strictObject({
      field: z.enum(places, wrong.field),
      words: z.string(wrong.words).regex(/\S/, wrong.words).max(most_words, wrong.long),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, at, read.errors)
  await comment(ask.tx, at.viewer, { report: at.report.id, ...read.value }, at.now)
  return redirect(`${at.base}/comments?done=commented`)
})

/** Settles one: with an answer, or by saying what was done. */
export const sendAnswer = withReport(async (ask, at) => {
  const { wrong } = ask.w.learningReport.form.comments
  const id = ask.params['comment']!
  const read = readForm(
    z.strictObject({ words: z.string(wrong.answer).regex(/\S/, wrong.answer).max(most_words, wrong.long) }),
    ask.form,
  )
  const field = `answer-${id}`
  if (!read.ok)
    return view(
      { ...ask, form: {} },
      at,
      read.errors.map(({ text }) => ({ field, text })),
    )
  const answered = await answerComment(ask.tx, at.viewer, { report: at.report.id, comment: id, ...read.value }, at.now)
  if (answered === 'answered before') return view({ ...ask, form: {} }, at, [{ field: 'comments', text: wrong.before }])
  return redirect(`${at.base}/comments?done=answered`)
})

const view = async (ask: Ask, at: At, errors: readonly FieldError[] = []) => {
  const words = ask.w.learningReport.form
  const all = await commentsOf(ask.tx, at.viewer.partnership, at.report.id)
  const names = await namesFor(
    ask.tx,
    all.flatMap(({ said_by, answered_by }) => [said_by, answered_by ?? '']),
  )
  const nameOf = (id: string | null) => names.get(id ?? '')?.name ?? words.somebody
  return reportPage({
    ask,
    at,
    title: words.comments.title,
    errors,
    back: { href: at.base, text: words.backTo },
    children: (
      <>
        <ul class="trellis-rows" id="comments">
          {all.map((one) => (
            <Said ask={ask} at={at} comment={one} nameOf={nameOf} errors={errors} />
          ))}
        </ul>
        {all.length === 0 && <p class="govuk-body">{words.comments.none}</p>}
        <h2 class="govuk-heading-m">{words.comments.add}</h2>
        <Form ask={ask} action={`${at.base}/comments`} once>
          <Select
            name="field"
            label={{ text: words.comments.field, classes: 'govuk-label--s' }}
            value={typed(ask.form, 'field') || ask.query['field']}
            errorMessage={errorFor(errors, 'field')}
            items={[
              { value: '', text: words.comments.choose },
              ...places.map((place) => ({ value: place, text: words.places[place] })),
            ]}
          />
          <Textarea
            name="words"
            label={{ text: words.comments.words, classes: 'govuk-label--s' }}
            rows={4}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <Button preventDoubleClick>{words.comments.button}</Button>
        </Form>
      </>
    ),
  })
}

const Said = (props: {
  ask: Ask
  at: At
  comment: Comment
  nameOf: (id: string | null) => string
  errors: readonly FieldError[]
}) => {
  const { ask, at, comment: one, nameOf, errors } = props
  const words = ask.w.learningReport.form
  const field = `answer-${one.id}`
  const place = words.places[one.field as Place]
  return (
    <li class="trellis-row trellis-row--tall">
      <p class="govuk-body govuk-!-font-weight-bold">
        <Link href={ask.href(`${at.base}/write/${partOf(one.field)}`)}>{place}</Link>{' '}
        <Tag classes={one.answer === null ? 'govuk-tag--yellow' : 'govuk-tag--green'}>
          {one.answer === null ? words.comments.open : words.comments.answered}
        </Tag>
      </p>
      <p class="govuk-body trellis-words" dir="auto">
        {one.words}
      </p>
      <span class="trellis-row__more">{`${nameOf(one.said_by)}, ${moment(ask, one.said_at)}`}</span>
      {one.answer === null ? (
        <Form ask={ask} action={`${at.base}/comments/${one.id}`} once>
          <Textarea
            name="words"
            id={field}
            label={fill(words.comments.answer, { name: nameOf(one.said_by), field: place })}
            rows={2}
            value={typed(ask.form, field)}
            errorMessage={errorFor(errors, field)}
          />
          <Button classes="govuk-button--secondary" preventDoubleClick>
            {words.comments.settle}
          </Button>
        </Form>
      ) : (
        <>
          <p class="govuk-body trellis-words" dir="auto">
            {one.answer}
          </p>
          <span class="trellis-row__more">{`${nameOf(one.answered_by)}, ${moment(ask, one.answered_at!)}`}</span>
        </>
      )}
    </li>
  )
}
