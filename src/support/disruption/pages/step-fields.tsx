import { z } from 'zod'
import { DateBoxes, dateBoxes, needDate, readDate, type Ask, type FieldError } from '../../../web/index.ts'
import { Choice } from '../../packs/pages/consent.tsx'
import { most_words, tooLong, WordsBox } from '../../plan/pages/frame.tsx'
import { HeardFields, heardBoxes, readHeard } from '../../plan/pages/heard.tsx'
import { criminalises, steps } from '../disruption.ts'
import type { StepSaid } from '../keep.ts'

/** The boxes of one step: where it stands, and the three questions that are asked each time. */
export const stepBoxes = (ask: Ask) => {
  const words = ask.w.packs.disruption
  const need = (missing: string) => z.string(missing).trim().min(1, missing).max(most_words, tooLong(ask))
  return {
    step: z.enum(steps, words.stepMissing),
    words: z.string().trim().max(most_words, tooLong(ask)).default(''),
    ...dateBoxes(ask, 'on'),
    ...dateBoxes(ask, 'until'),
    ...heardBoxes(ask),
    harmed: need(words.harmedMissing),
    criminalise: z.enum(criminalises, words.criminaliseMissing),
    why: need(words.criminaliseWhyMissing),
  }
}
type Boxes = Parameters<typeof readHeard>[1] &
  Pick<StepSaid, 'step' | 'words' | 'harmed' | 'criminalise'> & { why: string } & Record<string, unknown>

export const readStep = (ask: Ask, value: Boxes, today: string, ctx: z.RefinementCtx): StepSaid => {
  const { step, words, harmed, criminalise, why } = value
  return {
    ...{ step, words, harmed, criminalise, criminalise_why: why },
    on_date: needDate(ask, value, 'on', { today, missing: ask.w.packs.disruption.onMissing, ctx }),
    until_on: readDate(ask, value, 'until', '9999-12-31', ctx),
    person: readHeard(ask, value, ctx),
  }
}

export const StepFields = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.packs.disruption
  return (
    <>
      <Choice ask={ask} name="step" legend={words.step} items={words.steps} errors={errors} />
      <DateBoxes ask={ask} name="on" legend={words.on} form={ask.form} errors={errors} />
      <DateBoxes ask={ask} name="until" legend={words.until} hint={words.untilHint} form={ask.form} errors={errors} />
      <WordsBox ask={ask} name="words" label={words.words} errors={errors} />
      <h2 class="govuk-heading-m">{words.asked}</h2>
      <p class="govuk-body">{words.askedIntro}</p>
      <h3 class="govuk-heading-s">{words.heard}</h3>
      <HeardFields ask={ask} errors={errors} />
      <WordsBox ask={ask} name="harmed" label={words.harmed} errors={errors} />
      <Choice ask={ask} name="criminalise" legend={words.criminalise} items={words.criminalises} errors={errors} />
      <WordsBox ask={ask} name="why" label={words.criminaliseWhy} errors={errors} />
    </>
  )
}
