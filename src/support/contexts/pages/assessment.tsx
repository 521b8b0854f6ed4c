import { z } from 'zod'
import { namesFor } from '../../../staff/index.ts'
import { homeOf, moment, type Through } from '../../../subjects/index.ts'
import {
  dateBoxes,
  Details,
  fill,
  needDate,
  readForm,
  redirect,
  type Ask,
  type FieldError,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import {
  boxesFilled,
  hintsIn,
  keptAnswer,
  readSent,
  readWritten,
  standingByField,
  textOf,
  Two,
  write,
  Writes,
  type Question as Asks,
  type Said,
  type Written,
} from '../../writing/index.ts'
import { assess } from '../assess.ts'
import { questions, type ContextAssessment, type Question } from '../context.ts'
import { assessmentsIn } from '../queries.ts'
import {
  asks,
  assessmentWritten,
  beginFrom,
  documentOf,
  reviewAsked,
  standingIn,
  textsIn,
  unkeptIn,
} from '../writes.ts'
import { ClosedBanner, contextPage, inContext, of, standingClosure, workingIn } from './frame.tsx'

type Names = Awaited<ReturnType<typeof namesFor>>

/** What is known of it: the boxes go on from what was written last, and every text that was kept stays. */
export const assessmentPage = inContext((ask, at) => view(ask, at))

/** Keeps what was written, pressed or sent by the page itself; whoever says so makes it what is known. */
export const sendAssessment = workingIn(async (ask, at) => {
  const [tx, keys, partnership, subject] = of(ask, at)
  const { sitting, does, typed: said, wrong } = readSent(ask, asks)
  if (wrong.length && does !== 'keep') return view(ask, at, wrong)
  const [latest] = await assessmentsIn(tx, keys, partnership, subject)
  const document = documentOf(at.subject)
  await beginFrom(tx, keys, at.worker, document, latest)
  const sat = { sitting, typed: said, event: assessmentWritten, at: at.now }
  const kept = await write(tx, keys, at.worker, document, sat)
  if (does === 'keep') return keptAnswer(ask, kept, said, wrong, at.now)
  const here = `${homeOf(at.subject)}/assessment`
  if (does === 'later') return redirect(`${homeOf(at.subject)}?done=kept`)
  const written = await readWritten(tx, keys, partnership, document.id)
  const two = asks.find(({ name }) => (standingByField(written).get(name) ?? []).length > 1)
  if (two) return redirect(`${here}/${two.name}`)
  const { words } = standingIn(written, latest)
  const day = said.find(({ field }) => field === reviewAsked.name)?.words ?? ''
  const read = readForm(wholeOf(ask, at), { happens: words.happens, ...boxesFilled(reviewAsked, day) })
  if (!read.ok) return view(ask, at, read.errors)
  // Pressed twice, it is kept once.
  if (!latest || latest.review_on !== read.value || unkeptIn(written, latest))
    await assess(tx, keys, at.worker, subject, { words, review_on: read.value }, at.now)
  return redirect(`${here}?done=assessed`)
})

/** What it cannot be kept without; the other answers may stay open. */
const wholeOf = (ask: Ask, at: Through) => {
  const words = ask.w.contexts.assessment
  return z
    .strictObject({ happens: z.string().regex(/\S/, words.missing), ...dateBoxes(ask, reviewAsked.name) })
    .transform((value, ctx) => {
      const asked = { today: '9999-12-31', missing: words.reviewMissing, ctx }
      const review_on = needDate(ask, value, reviewAsked.name, asked)
      if (review_on && review_on <= at.today)
        ctx.addIssue({ code: 'custom', message: words.reviewPast, path: ['review-day'] })
      return review_on
    })
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.contexts.assessment
  const all = await assessmentsIn(...of(ask, at))
  const [latest, ...earlier] = all
  const written = await textsIn(of(ask, at), latest)
  const unkept = unkeptIn(written, latest)
  const closure = await standingClosure(ask, at)
  const names = await namesFor(ask.tx, [
    ...all.map(({ assessed_by }) => assessed_by),
    ...written.map(({ written_by }) => written_by),
  ])
  const by = ({ assessed_by, assessed_at }: ContextAssessment): string =>
    fill(words.by, { name: names.get(assessed_by)?.name ?? ask.w.plan.somebody, when: moment(ask, assessed_at) })
  const may = mayPlan(at) && !closure
  return contextPage({
    ask,
    at,
    title: words.title,
    intro: words.intro,
    errors,
    script: 'writing',
    children: (
      <>
        <ClosedBanner ask={ask} closure={closure} />
        {!latest && <p class="govuk-body">{words.none}</p>}
        {latest && (!may || unkept) && (
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
        <Unkept ask={ask} unkept={unkept} names={names} />
        {may && <Boxes ask={ask} at={at} errors={errors} standing={{ written, latest, names }} />}
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

/** That somebody wrote what does not count yet. */
export const Unkept = ({ ask, unkept, names }: { ask: Ask; unkept: Written | undefined; names: Names }) => {
  if (!unkept) return null
  const name = names.get(unkept.written_by)?.name ?? ask.w.plan.somebody
  return (
    <p class="govuk-body">{fill(ask.w.contexts.assessment.writing, { name, when: moment(ask, unkept.written_at) })}</p>
  )
}

const Boxes = (props: {
  ask: Ask
  at: Through
  errors: readonly FieldError[]
  standing: { written: readonly Written[]; latest: ContextAssessment | undefined; names: Names }
}) => {
  const { ask, at, errors, standing } = props
  const { written, latest, names } = standing
  const texts = standingByField(written)
  const { words, review } = standingIn(written, latest)
  const textsOf = ({ name }: Asks): Written[] => texts.get(name) ?? []
  // What was just typed is on the page again, whatever stands by now.
  const isSingle = (one: Asks): boolean => textsOf(one).length < 2 || ask.form[`v-${one.name}`] !== undefined
  const shown = { ...words, ...boxesFilled(reviewAsked, review) }
  return (
    <>
      {asks
        .filter((one) => !isSingle(one))
        .map((one) => (
          <Two
            ask={ask}
            question={one}
            said={saidOf(ask, one.name)}
            texts={textsOf(one)}
            names={names}
            href={`${homeOf(at.subject)}/assessment/${one.name}`}
          />
        ))}
      <p class="govuk-body">{ask.w.contexts.assessment.live}</p>
      <Writes
        ask={{ ...ask, form: { ...shown, ...ask.form } }}
        asked={asks.filter(isSingle).map((question) => ({
          question,
          said: saidOf(ask, question.name),
          read: textsOf(question).map(({ version }) => version),
          hints: hintsIn(textOf(textsOf(question))),
        }))}
        errors={errors}
        goOn={ask.w.contexts.assessment.button}
      />
    </>
  )
}

/** How a question is put. */
export const saidOf = ({ w }: Ask, name: string): Said => {
  const { questions: labels, hints, review } = w.contexts.assessment
  return name === reviewAsked.name
    ? { label: review }
    : { label: labels[name as Question], hint: hints[name as Question] }
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
