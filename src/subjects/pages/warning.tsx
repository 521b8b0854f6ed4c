import { z } from 'zod'
import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  dateBoxes,
  DateBoxes,
  errorFor,
  Errors,
  fill,
  Form,
  keptPage,
  page,
  Radios,
  readForm,
  redirect,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { aboutPerson, enter, type Through } from '../gate.ts'
import { mayReview, reviewWarning, warningsOf, type Warning } from '../warning.ts'
import { reviewDay } from './warnings.tsx'

const most = 2000

/** Looks at a warning again: it stands until another day, or it has ended. */
export const warningPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  return view(ask, at, await warningAt(ask, at))
}

export const sendWarning: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const warning = await warningAt(ask, at)
  const words = ask.w.subjects.warnings
  const schema = z
    .strictObject({
      outcome: z.enum(['stands', 'ended'], words.outcomeMissing),
      ...dateBoxes(ask, 'review_on'),
      why: z.string(words.whyMissing).regex(/\S/, words.whyMissing).max(most, fill(words.long, { most })),
    })
    .transform(({ outcome, why, ...value }, ctx) =>
      outcome === 'ended' ? { outcome, why } : { outcome, why, review_on: reviewDay(ask, at.today, value, ctx) },
    )
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, warning, read.errors)
  await reviewWarning(ask.tx, ask.house.keys, at.worker, { subject: at.subject.id, warning }, read.value, at.now)
  return redirect(`/people/${at.subject.id}?done=warning-reviewed`)
}

/** @throws {NotFound} for what is not there, has ended, or is not theirs to review */
const warningAt = async (ask: Ask, at: Through): Promise<Warning> => {
  const standing = await warningsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const warning = standing.find(({ id }) => id === ask.params['warning'])
  if (!warning || !mayReview(at.worker, at.ties, warning)) throw new NotFound()
  return warning
}

const view = (ask: Ask, at: Through, warning: Warning, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.warnings
  return page({
    title: words.reviewTitle,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}/warnings`)}>{words.title}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.reviewTitle}</Title>
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {warning.words}
        </blockquote>
        <Form ask={ask} once>
          <Radios
            name="outcome"
            fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--m' } }}
            value={typed(ask.form, 'outcome')}
            errorMessage={errorFor(errors, 'outcome')}
            items={[
              {
                value: 'stands',
                text: words.stands,
                conditional: (
                  <DateBoxes
                    ask={ask}
                    name="review_on"
                    legend={words.review}
                    hint={words.reviewHint}
                    form={ask.form}
                    errors={errors}
                  />
                ),
              },
              { value: 'ended', text: words.ended },
            ]}
          />
          <Textarea
            name="why"
            label={{ text: words.why, classes: 'govuk-label--s' }}
            rows={3}
            value={typed(ask.form, 'why')}
            errorMessage={errorFor(errors, 'why')}
          />
          <Button preventDoubleClick>{words.reviewButton}</Button>
        </Form>
      </>
    ),
  })
}
