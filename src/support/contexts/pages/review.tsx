import { z } from 'zod'
import { homeOf, type Through } from '../../../subjects/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  dateShown,
  fill,
  Form,
  needDate,
  readForm,
  redirect,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { holdReview, nextReview } from '../../plan/hold-review.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { WordsBox } from '../../plan/pages/frame.tsx'
import { HeardFields, heardBoxes, readHeard } from '../../plan/pages/heard.tsx'
import { reviewsOf } from '../../plan/queries.ts'
import { contextPage, mustWords, of, workingIn } from './frame.tsx'

/** A review of a context: is it safer and used more, what those who use it say or why they were not asked, what was decided. */
export const contextReviewPage = workingIn(async (ask, at) => {
  const next = await byClock(ask, at)
  const form = { ...dateShown('held', at.today), ...dateShown('next', next) }
  return view({ ...ask, form }, at, next)
})

export const sendContextReview = workingIn(async (ask, at) => {
  const words = ask.w.plan.review
  const schema = z
    .strictObject({
      ...dateBoxes(ask, 'held'),
      changed: mustWords(ask, words.changedMissing),
      ...heardBoxes(ask),
      decisions: mustWords(ask, words.decisionsMissing),
      ...dateBoxes(ask, 'next'),
    })
    .transform((value, ctx) => {
      const missing = ask.w.contexts.review.heldMissing
      const held_on = needDate(ask, value, 'held', { today: at.today, missing, ctx })
      const next_on = needDate(ask, value, 'next', { today: '9999-12-31', missing: words.nextMissing, ctx })
      if (held_on && next_on && next_on <= held_on)
        ctx.addIssue({ code: 'custom', message: words.nextEarly, path: ['next-day'] })
      const { changed, decisions } = value
      return { kind: 'context' as const, held_on, next_on, changed, decisions, person: readHeard(ask, value, ctx) }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, await byClock(ask, at), read.errors)
  await holdReview(ask.tx, ask.house.keys, at.worker, at.subject, read.value, at.now)
  return redirect(`${homeOf(at.subject)}/plan?done=reviewed`)
})

const byClock = async (ask: Ask, at: Through): Promise<string | undefined> => {
  const held = await reviewsOf(...of(ask, at))
  const clock = { kind: 'context', held: held.length + 1, from: at.now, zone: ask.place.zone } as const
  return nextReview(ask.tx, at.worker.partnership, clock)
}

const view = (ask: Ask, at: Through, next: string | undefined, errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts.review
  return contextPage({
    ask,
    at,
    title: words.title,
    errors,
    children: (
      <Form ask={ask} once>
        <DateBoxes ask={ask} name="held" legend={words.held} form={ask.form} errors={errors} />
        <WordsBox ask={ask} name="changed" label={words.changed} hint={words.changedHint} errors={errors} />
        <HeardFields ask={ask} errors={errors} words={words} />
        <WordsBox ask={ask} name="decisions" label={words.decisions} errors={errors} />
        <DateBoxes
          ask={ask}
          name="next"
          legend={words.next}
          {...(next && { hint: fill(ask.w.plan.review.nextHint, { day: dayOf(ask, next) }) })}
          form={ask.form}
          errors={errors}
        />
        <Button preventDoubleClick>{words.button}</Button>
      </Form>
    ),
  })
}
