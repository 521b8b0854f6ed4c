import { z } from 'zod'
import { namesFor } from '../../../staff/index.ts'
import { homeOf, moment, type Through } from '../../../subjects/index.ts'
import {
  Button,
  DateBoxes,
  dateBoxes,
  Details,
  errorFor,
  fill,
  Form,
  needDate,
  readForm,
  redirect,
  Textarea,
  typed,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { assess } from '../assess.ts'
import { questions, type ContextAssessment, type Question } from '../context.ts'
import { assessmentsIn } from '../queries.ts'
import { ClosedBanner, contextPage, inContext, mayWords, mustWords, of, standingClosure, workingIn } from './frame.tsx'

/** What is known of it: the boxes begin with what stands, and every earlier text stays. */
export const assessmentPage = inContext(async (ask, at) => {
  const all = await assessmentsIn(...of(ask, at))
  const [latest] = all
  const form: Record<string, string> = { last: latest?.id ?? '' }
  for (const question of questions) form[question] = latest?.[question] ?? ''
  return view({ ...ask, form }, at, all)
})

export const sendAssessment = workingIn(async (ask, at) => {
  const all = await assessmentsIn(...of(ask, at))
  const words = ask.w.contexts.assessment
  const may = mayWords(ask)
  const others = questions.filter((one): one is Exclude<Question, 'happens'> => one !== 'happens')
  const boxes = Object.fromEntries(others.map((one) => [one, may])) as Record<(typeof others)[number], typeof may>
  const schema = z
    .strictObject({
      ...boxes,
      happens: mustWords(ask, words.missing),
      last: z.string().default(''),
      ...dateBoxes(ask, 'review'),
    })
    .transform(({ last, ...value }, ctx) => {
      const review_on = needDate(ask, value, 'review', { today: '9999-12-31', missing: words.reviewMissing, ctx })
      if (review_on && review_on <= at.today)
        ctx.addIssue({ code: 'custom', message: words.reviewPast, path: ['review-day'] })
      const said = Object.fromEntries(questions.map((one) => [one, value[one]])) as Record<Question, string>
      return { words: said, review_on, begun_from: last || null }
    })
  const read = readForm(schema, ask.form)
  if (!read.ok) return view(ask, at, all, read.errors)
  const [tx, keys, , subject] = of(ask, at)
  const kept = await assess(tx, keys, at.worker, subject, read.value, at.now)
  if (kept) return redirect(`${homeOf(at.subject)}/assessment?done=assessed`)
  // The boxes keep what was typed and go on from what stands now, which is shown beside them.
  const again = { ...ask, form: { ...ask.form, last: all[0]?.id ?? '' } }
  return view(again, at, all, [{ field: 'happens', text: words.meanwhile }])
})

const view = async (ask: Ask, at: Through, all: readonly ContextAssessment[], errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts.assessment
  const closure = await standingClosure(ask, at)
  const names = await namesFor(
    ask.tx,
    all.map(({ assessed_by }) => assessed_by),
  )
  const by = ({ assessed_by, assessed_at }: ContextAssessment): string =>
    fill(words.by, { name: names.get(assessed_by)?.name ?? ask.w.plan.somebody, when: moment(ask, assessed_at) })
  const [latest, ...earlier] = all
  const may = mayPlan(at) && !closure
  return contextPage({
    ask,
    at,
    title: words.title,
    intro: words.intro,
    errors,
    children: (
      <>
        <ClosedBanner ask={ask} closure={closure} />
        {!latest && <p class="govuk-body">{words.none}</p>}
        {latest && (!may || errors.length > 0) && (
          <section>
            <h2 class="govuk-heading-m">{words.standing}</h2>
            <Known ask={ask} assessment={latest} level="h3" />
          </section>
        )}
        {latest && (
          <p class="trellis-row__more">
            {by(latest)}. {fill(words.again, { day: dayOf(ask, latest.review_on) })}
          </p>
        )}
        {may && <Boxes ask={ask} errors={errors} />}
        {earlier.map((one) => (
          <Details summary={fill(words.earlier, { when: moment(ask, one.assessed_at) })}>
            <Known ask={ask} assessment={one} level="h2" />
            <p class="trellis-row__more">{by(one)}</p>
          </Details>
        ))}
      </>
    ),
  })
}

const Boxes = ({ ask, errors }: { ask: Ask; errors: readonly FieldError[] }) => {
  const words = ask.w.contexts.assessment
  return (
    <Form ask={ask} once>
      <input type="hidden" name="last" value={typed(ask.form, 'last')} />
      {questions.map((question) => (
        <Textarea
          name={question}
          label={{ text: words.questions[question], classes: 'govuk-label--s' }}
          hint={words.hints[question]}
          rows={4}
          value={typed(ask.form, question)}
          errorMessage={errorFor(errors, question)}
        />
      ))}
      <DateBoxes ask={ask} name="review" legend={words.review} form={ask.form} errors={errors} />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}

/** The words of one assessment, question by question; what nobody answered is left out. */
export const Known = (props: { ask: Ask; assessment: ContextAssessment; level: 'h2' | 'h3' }) => {
  const { ask, assessment, level: Heading } = props
  return (
    <>
      {questions
        .filter((question) => assessment[question])
        .map((question) => (
          <>
            <Heading class="govuk-heading-s">{ask.w.contexts.assessment.questions[question]}</Heading>
            <p class="govuk-body trellis-words" dir="auto">
              {assessment[question]}
            </p>
          </>
        ))}
    </>
  )
}
