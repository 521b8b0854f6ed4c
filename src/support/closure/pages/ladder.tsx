import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import type { Through } from '../../../subjects/index.ts'
import {
  Button,
  fill,
  Form,
  InsetText,
  readForm,
  redirect,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { formPage, most_words, tooLong, withPlan, WordsBox } from '../../plan/pages/frame.tsx'
import type { Rung } from '../../plan/plan.ts'
import { above, below, rungOf } from '../closure.ts'
import { stepsOf } from '../queries.ts'
import { saidAtStep } from '../said-before.ts'
import { takeStep } from '../step.ts'

const tests = ['safer', 'stays', 'signs', 'back'] as const

const box = (ask: Ask, missing: string) => z.string(missing).regex(/\S/, missing).max(most_words, tooLong(ask))

/** Where it stands, and one step from there. @throws {NotFound} at the end of the ladder */
const nextRung = async (ask: Ask, at: Through, way: (rung: Rung) => Rung | undefined): Promise<Rung> => {
  const steps = await stepsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const to = way(rungOf(steps))
  if (!to) throw new NotFound()
  return to
}

/** One step down: somebody answers, in words, what makes it safe to take it. */
export const stepDownPage = withPlan(async (ask, at) => {
  const to = await nextRung(ask, at, below)
  return downView({ ...ask, form: await saidAtStep(ask, at) }, at, to)
})

export const sendStepDown = withPlan(async (ask, at) => {
  const to = await nextRung(ask, at, below)
  const { missing } = ask.w.plan.ladder
  const boxes = {
    safer: box(ask, missing.safer),
    stays: box(ask, missing.stays),
    signs: box(ask, missing.signs),
    back: box(ask, missing.back),
  }
  const read = readForm(z.strictObject(boxes), ask.form)
  if (!read.ok) return downView(ask, at, to, read.errors)
  await takeStep(ask.tx, ask.house.keys, at.worker, at.subject, { way: 'down', to, ...read.value }, at.now)
  return redirect(`/people/${at.subject.id}/plan?done=stepped`)
})

const downView = (ask: Ask, at: Through, to: Rung, errors: readonly FieldError[] = []) => {
  const { ladder: words, rungs } = ask.w.plan
  return formPage({
    ask,
    at,
    title: fill(words.downTitle, { rung: rungs[to] }),
    errors,
    children: (
      <>
        <InsetText>{words.intro}</InsetText>
        {errors.length === 0 && typed(ask.form, 'stays') && <p class="govuk-body">{words.carried}</p>}
        <Form ask={ask} once>
          {tests.map((name) => (
            <WordsBox ask={ask} name={name} label={words.tests[name]} hint={words.hints[name]} errors={errors} />
          ))}
          <Button preventDoubleClick>{words.downButton}</Button>
        </Form>
      </>
    ),
  })
}

/** One step back up: a reason, and one press. */
export const stepUpPage = withPlan(async (ask, at) => upView(ask, at, await nextRung(ask, at, above)))

export const sendStepUp = withPlan(async (ask, at) => {
  const to = await nextRung(ask, at, above)
  const read = readForm(z.strictObject({ why: box(ask, ask.w.plan.ladder.missing.why) }), ask.form)
  if (!read.ok) return upView(ask, at, to, read.errors)
  await takeStep(ask.tx, ask.house.keys, at.worker, at.subject, { way: 'up', to, why: read.value.why }, at.now)
  return redirect(`/people/${at.subject.id}/plan?done=stepped`)
})

const upView = (ask: Ask, at: Through, to: Rung, errors: readonly FieldError[] = []) => {
  const { ladder: words, rungs } = ask.w.plan
  return formPage({
    ask,
    at,
    title: fill(words.upTitle, { rung: rungs[to] }),
    errors,
    children: (
      <Form ask={ask} once>
        <WordsBox ask={ask} name="why" label={words.why} errors={errors} />
        <Button preventDoubleClick>{words.upButton}</Button>
      </Form>
    ),
  })
}
