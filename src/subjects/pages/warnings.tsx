import { z } from 'zod'
import { agencyNames } from '../../partnership/index.ts'
import { localDate } from '../../platform/index.ts'
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
  Link,
  needDate,
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
import { aboutPerson, enter, type Through } from '../gate.ts'
import { mayReview, warn, warningsOf, type Warning } from '../warning.ts'
import { day } from './said.tsx'

const most = 300

/** What stands above every page of a person as a warning, and giving another. */
export const warningsPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendWarnings: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  const words = ask.w.subjects.warnings
  const schema = z
    .strictObject({
      words: z.string(words.wordsMissing).trim().min(1, words.wordsMissing).max(most, fill(words.long, { most })),
      ...dateBoxes(ask, 'review_on'),
      handling: z.enum(['0', '1'], words.handlingMissing),
    })
    .transform((value, ctx) => ({ ...value, review_on: reviewDay(ask, at.today, value, ctx) }))
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const handling = read.value.handling === '1' ? 1 : 0
  await warn(ask.tx, ask.house.keys, at.worker, at.subject, { ...read.value, handling }, at.now)
  return redirect(`/people/${at.subject.id}?done=warned`)
}

/** A day to come, no further off than a year: a warning that nobody looks at again misleads. */
export const reviewDay = (ask: Ask, today: string, value: Record<string, unknown>, ctx: z.RefinementCtx): string => {
  const words = ask.w.subjects.warnings
  const last = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
  const on = needDate(ask, value, 'review_on', { today: '9999-12-31', missing: words.reviewMissing, ctx })
  if (on !== '' && (on <= today || on > last))
    ctx.addIssue({ code: 'custom', message: words.reviewWrong, path: ['review_on-day'] })
  return on
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.subjects.warnings
  const warnings = await warningsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const agencies = await agencyNames(
    ask.tx,
    warnings.map(({ agency_id }) => agency_id),
  )
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        {warnings.length === 0 && <p class="govuk-body">{words.none}</p>}
        <ul class="trellis-rows">
          {warnings.map((warning) => (
            <Row ask={ask} at={at} warning={warning} agency={agencies.get(warning.agency_id) ?? ''} />
          ))}
        </ul>
        <h2 class="govuk-heading-m">{words.addTitle}</h2>
        <Form ask={ask} once>
          <Textarea
            name="words"
            label={words.words}
            hint={words.wordsHint}
            rows={3}
            value={typed(ask.form, 'words')}
            errorMessage={errorFor(errors, 'words')}
          />
          <DateBoxes
            ask={ask}
            name="review_on"
            legend={words.review}
            hint={words.reviewHint}
            form={ask.form}
            errors={errors}
          />
          <Radios
            name="handling"
            fieldset={{ legend: { text: ask.w.subjects.add.handling, classes: 'govuk-fieldset__legend--s' } }}
            value={typed(ask.form, 'handling')}
            errorMessage={errorFor(errors, 'handling')}
            items={(['0', '1'] as const).map((value) => ({
              value,
              text: ask.w.subjects.handlings[value],
              hint: ask.w.subjects.add.handlingHints[value],
            }))}
          />
          <Button preventDoubleClick>{words.add}</Button>
        </Form>
      </>
    ),
  })
}

const Row = ({ ask, at, warning, agency }: { ask: Ask; at: Through; warning: Warning; agency: string }) => {
  const words = ask.w.subjects.warnings
  const late = warning.review_on < at.today
  return (
    <li class="trellis-row">
      <div>
        <span class="trellis-row__name trellis-words" dir="auto">
          {warning.words}
        </span>
        <span class="trellis-row__more">
          {fill(words.given, { agency, day: day(localDate(warning.entered_at, ask.place.zone)) })}
          <br />
          {fill(late ? words.overdue : words.until, { day: day(warning.review_on) })}
        </span>
      </div>
      <div class="trellis-row__tags">
        {late && <Tag classes="govuk-tag--orange">{words.late}</Tag>}
        {mayReview(at.worker, at.ties, warning) && (
          <Link href={ask.href(`/people/${at.subject.id}/warnings/${warning.id}`)}>
            {words.reviewLink}
            <span class="govuk-visually-hidden">: {warning.words}</span>
          </Link>
        )}
      </div>
    </li>
  )
}
