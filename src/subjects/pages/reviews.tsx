import { z } from 'zod'
import { record, type StaffViewer } from '../../platform/index.ts'
import {
  glassReviewed,
  reviewBreakGlass,
  reviewOutcomes,
  toReview,
  type ReviewedGlass,
  type ToReview,
} from '../../sharing/index.ts'
import { namesFor, type Named } from '../../staff/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  fill,
  Form,
  Link,
  NotificationBanner,
  page,
  Radios,
  readForm,
  redirect,
  Tag,
  Textarea,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../web/index.ts'
import { moment } from './moment.ts'

/** What was opened by break-glass on people the viewer leads, the first due first. */
export const reviews: Handler = (ask) => view(ask)

export const sendReview: Handler = async (ask) => {
  const words = ask.w.subjects.reviews
  const id = ask.params['glass']!
  const read = readForm(
    z.strictObject({
      outcome: z.enum(reviewOutcomes, words.outcomeMissing),
      words: z.string(words.wordsMissing).trim().min(1, words.wordsMissing).max(2000, words.wordsLong),
    }),
    ask.form,
  )
  if (!read.ok) return view(ask, id, read.errors)
  await reviewBreakGlass(ask.tx, ask.house.keys, ask.viewer as StaffViewer, id, { ...read.value, at: ask.house.now() })
  return redirect('/people/reviews?done=saved')
}

const view = async (ask: Ask, wrong?: string, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.reviews
  const waiting = await toReview(ask.tx, ask.house.keys, ask.viewer as StaffViewer, ask.house.now())
  const reviewed = await glassReviewed(ask.tx, ask.house.keys, ask.viewer as StaffViewer, ask.house.now())
  const names = await namesFor(ask.tx, [
    ...waiting.map(({ staff_id }) => staff_id),
    ...reviewed.flatMap(({ staff_id, reviewed_by }) => [staff_id, reviewed_by]),
  ])
  // The page is about many: why each was opened is read here, so each has its own line in the log.
  for (const id of new Set([...waiting, ...reviewed].map(({ subject_id }) => subject_id)))
    await record(ask.tx, ask.viewer, 'break-glass reasons read', { kind: 'person', id })
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    body: (
      <>
        <BackLink href={ask.href('/people')}>{ask.w.subjects.person.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {ask.query['done'] === 'saved' && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {words.done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{waiting.length === 0 ? words.none : words.intro}</p>
        {waiting.map((one) => (
          <Review ask={ask} one={one} who={names.get(one.staff_id)} errors={one.id === wrong ? errors : []} />
        ))}
        {reviewed.length > 0 && (
          <>
            <h2 class="govuk-heading-m">{words.reviewed}</h2>
            <ul class="trellis-rows">
              {reviewed.map((one) => (
                <Reviewed ask={ask} one={one} names={names} />
              ))}
            </ul>
          </>
        )}
      </>
    ),
  })
}

const Review = (props: { ask: Ask; one: ToReview; who: Named | undefined; errors: readonly FieldError[] }) => {
  const { ask, one, who, errors } = props
  const words = ask.w.subjects.reviews
  const form = errors.length ? ask.form : {}
  return (
    <section class="govuk-summary-card" aria-labelledby={`glass-${one.id}`}>
      <div class="govuk-summary-card__title-wrapper">
        <h2 class="govuk-summary-card__title" id={`glass-${one.id}`}>
          {fill(words.who, { name: who?.name ?? '', agency: who?.agency ?? '' })}
        </h2>
        {one.due_at < ask.house.now() && <Tag classes="govuk-tag--red">{words.late}</Tag>}
      </div>
      <div class="govuk-summary-card__content">
        <p class="govuk-body">
          <a class="govuk-link" href={ask.href(`/people/${one.subject_id}`)}>
            {fill(words.when, { from: moment(ask, one.from_at), to: moment(ask, one.to_at) })}
          </a>
        </p>
        <blockquote class="govuk-inset-text trellis-words" dir="auto">
          {one.why}
        </blockquote>
        <p class="govuk-body">{fill(words.due, { due: moment(ask, one.due_at) })}</p>
        <Form ask={ask} action={`/people/reviews/${one.id}`}>
          <Radios
            name="outcome"
            idPrefix={errors.length ? 'outcome' : `outcome-${one.id}`}
            fieldset={{ legend: { text: words.outcome, classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={errorFor(errors, 'outcome')}
            value={typed(form, 'outcome')}
            items={reviewOutcomes.map((value) => ({ value, text: words.outcomes[value] }))}
          />
          <Textarea
            name="words"
            id={errors.length ? 'words' : `words-${one.id}`}
            label={words.words}
            rows={3}
            value={typed(form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <Button preventDoubleClick>{words.button}</Button>
        </Form>
      </div>
    </section>
  )
}

/** What was made of one, in the reviewer's words, for those who answer for it and for whoever broke the glass. */
const Reviewed = (props: { ask: Ask; one: ReviewedGlass; names: ReadonlyMap<string, Named> }) => {
  const { ask, one, names } = props
  const words = ask.w.subjects.reviews
  const who = names.get(one.staff_id)
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name">{fill(words.who, { name: who?.name ?? '', agency: who?.agency ?? '' })}</span>
        <span class="trellis-row__more">
          <Link href={ask.href(`/people/${one.subject_id}`)}>
            {fill(words.when, { from: moment(ask, one.from_at), to: moment(ask, one.to_at) })}
          </Link>
          <br />
          <span class="trellis-words">{fill(words.reason, { why: one.why })}</span>
          <br />
          <strong>{words.outcomes[one.outcome]}</strong> <span class="trellis-words">{one.words}</span>
          <br />
          {fill(words.by, { name: names.get(one.reviewed_by)?.name ?? '', when: moment(ask, one.reviewed_at) })}
        </span>
      </div>
    </li>
  )
}
