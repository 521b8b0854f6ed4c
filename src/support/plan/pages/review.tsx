import { z } from 'zod'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  dateShown,
  errorFor,
  fill,
  Form,
  needDate,
  Radios,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { holdReview, nextReview } from '../hold-review.ts'
import { kinds, type Plan } from '../plan.ts'
import { reviewsOf } from '../queries.ts'
import { dayOf } from './dates.ts'
import { formPage, most_words, tooLong, withPlan, WordsBox } from './frame.tsx'
import { HeardFields, heardBoxes, readHeard } from './heard.tsx'

/** A review that was held: what changed, what the person says or why they were not heard, decisions and the next day. */
export const reviewPage = withPlan(async (ask, at, plan) => {
  const standing = await standingOf(ask, at, plan)
  const form = { kind: standing.kind, ...dateShown('held', at.today), ...dateShown('next', standing.next) }
  return view({ ...ask, form }, at, standing)
})

export const sendReview = withPlan(async (ask, at, plan) => {
  const standing = await standingOf(ask, at, plan)
  const words = ask.w.plan.review
  const box = (missing: string) => z.string(missing).regex(/\S/, missing).max(most_words, tooLong(ask))
  const schema = z
    .strictObject({
      ...dateBoxes(ask, 'held'),
      changed: box(words.changedMissing),
      ...heardBoxes(ask),
      decisions: box(words.decisionsMissing),
      kind: z.enum(kinds),
      ...dateBoxes(ask, 'next'),
    })
    .transform((value, ctx) => {
      const held_on = needDate(ask, value, 'held', { today: at.today, missing: words.heldMissing, ctx })
      const next_on = needDate(ask, value, 'next', { today: '9999-12-31', missing: words.nextMissing, ctx })
      if (held_on && next_on && next_on <= held_on)
        ctx.addIssue({ code: 'custom', message: words.nextEarly, path: ['next-day'] })
      const { changed, decisions, kind } = value
      return { held_on, next_on, changed, decisions, kind, person: readHeard(ask, value, ctx) }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, standing, read.errors)
  await holdReview(ask.tx, ask.house.keys, at.worker, at.subject, read.value, at.now)
  return redirect(`/people/${at.subject.id}/plan?done=reviewed`)
})

/** What sort of plan it is now, and when its clock asks for the next review. */
const standingOf = async (ask: Ask, at: Through, plan: Plan) => {
  const held = await reviewsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const kind = held[0]?.kind ?? plan.kind
  const clock = { kind, held: held.length + 1, from: at.now, zone: ask.place.zone }
  return { kind, next: await nextReview(ask.tx, at.worker.partnership, clock) }
}
type Standing = Awaited<ReturnType<typeof standingOf>>

const view = (ask: Ask, at: Through, { next }: Standing, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan.review
  return formPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <Form ask={ask} once>
        <DateBoxes ask={ask} name="held" legend={words.held} form={ask.form} errors={errors} />
        <WordsBox ask={ask} name="changed" label={words.changed} errors={errors} />
        <HeardFields ask={ask} errors={errors} />
        <WordsBox ask={ask} name="decisions" label={words.decisions} errors={errors} />
        <Radios
          name="kind"
          fieldset={{ legend: { text: words.kind, classes: 'govuk-fieldset__legend--s' } }}
          value={typed(ask.form, 'kind')}
          errorMessage={errorFor(errors, 'kind')}
          items={kinds.map((value) => ({ value, text: ask.w.plan.kinds[value] }))}
        />
        <DateBoxes
          ask={ask}
          name="next"
          legend={words.next}
          {...(next && { hint: fill(words.nextHint, { day: dayOf(ask, next) }) })}
          form={ask.form}
          errors={errors}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
