import { z } from 'zod'
import { agencyNames } from '../../../../partnership/index.ts'
import { NotFound } from '../../../../platform/index.ts'
import { namesFor } from '../../../../staff/index.ts'
import { moment } from '../../../../subjects/index.ts'
import {
  Checkboxes,
  Details,
  errorFor,
  fill,
  InsetText,
  Link,
  Radios,
  readForm,
  redirect,
  ticked,
  typed,
  type Ask,
  type FieldError,
} from '../../../../web/index.ts'
import { evidenceOf } from '../../evidence/queries.ts'
import {
  Line,
  mayLine,
  mayWords,
  mayWrite,
  mustWords,
  onePage,
  Said,
  someOf,
  WordsBox,
  workerOf,
} from '../../pages/frame.tsx'
import { begins, Keeps, keeps } from '../../pages/keeps.tsx'
import { answerPrinciple } from '../answer.ts'
import { principleWith, ratingCodes, ratings } from '../principles.ts'
import { answersOf, citedBy, type Answer } from '../queries.ts'
import { RatingTag, reviewHere } from './review.tsx'

/** One principle in one review: what every agency says of it, and the viewer's own answer. */
export const principlePage = begins(async (ask) => {
  const there = await around(ask)
  return view('begun' in ask.form ? ask : { ...ask, form: await filled(ask, there) }, there)
})

export const sendPrinciple = keeps(async (ask) => {
  const there = await around(ask)
  const words = ask.w.adoption.review.answer
  const read = readForm(
    z
      .strictObject({
        read: z.union([z.literal(''), z.uuid()]),
        rating: z.enum(ratingCodes, words.ratingMissing),
        narrative: mustWords(ask, words.narrativeMissing),
        evidence: mayWords(ask),
        heard_from: mayLine(ask),
        cites: someOf(ask, there.offered),
      })
      .refine(({ rating, heard_from }) => rating !== 'heard' || heard_from !== '', {
        message: words.heardMissing,
        path: ['heard_from'],
      }),
    ask.form,
  )
  if (!read.ok) return view(ask, there, read.errors)
  const { read: standing, ...said } = read.value
  const of = { review: there.review.id, principle: there.principle.code, read: standing || null }
  const kept = await answerPrinciple(ask.tx, workerOf(ask), of, said, ask.house.now())
  if (kept === 'kept') return redirect(`/self-review/${there.review.id}?done=answered`)
  // The next press is made knowing what stands now.
  const form = { ...ask.form, read: there.own?.id ?? '' }
  return view({ ...ask, form }, there, [{ field: 'narrative', text: words[kept] }])
})

const around = async (ask: Ask) => {
  const review = await reviewHere(ask)
  const principle = principleWith(ask.params['principle']!)
  if (!principle) throw new NotFound()
  const answers = await answersOf(ask.tx, ask.viewer.partnership, [review.id], principle.code)
  const own = answers.find((one) => one.agency_id === workerOf(ask).agency && one.replaced_at === null)
  const offered = (await evidenceOf(ask.tx, ask.viewer.partnership)).map(({ id, title, source, year }) => ({
    value: id,
    text: title,
    hint: `${source}, ${year}`,
  }))
  return { review, principle, answers, own, offered }
}
type Around = Awaited<ReturnType<typeof around>>

/** The form as the viewer's agency answered it before. */
const filled = async (ask: Ask, { own }: Around): Promise<Ask['form']> => {
  if (!own) return { read: '' }
  const cites = await citedBy(ask.tx, ask.viewer.partnership, [own.id])
  const { rating, narrative, evidence, heard_from } = own
  return { read: own.id, rating, narrative, evidence, heard_from, cites: cites.map(({ id }) => id) }
}

const view = async (ask: Ask, there: Around, errors: readonly FieldError[] = []) => {
  const { review, principle, answers } = there
  const words = ask.w.adoption.review
  const cites = await citedBy(
    ask.tx,
    ask.viewer.partnership,
    answers.map(({ id }) => id),
  )
  const agencies = await agencyNames(ask.tx, [...new Set(answers.map(({ agency_id }) => agency_id))])
  const names = await namesFor(
    ask.tx,
    answers.map(({ answered_by }) => answered_by),
  )
  const One = ({ answer }: { answer: Answer }) => (
    <li class="trellis-row trellis-row--tall">
      <p class="govuk-body govuk-!-font-weight-bold">
        {agencies.get(answer.agency_id)} <RatingTag rating={answer.rating} />
      </p>
      <Said>{answer.narrative}</Said>
      {answer.evidence && <Said>{`${words.answer.shows}: ${answer.evidence}`}</Said>}
      {answer.heard_from && <p class="govuk-body">{fill(words.answer.heardFrom, { who: answer.heard_from })}</p>}
      {cites
        .filter(({ answer_id }) => answer_id === answer.id)
        .map(({ id, title }) => (
          <p class="govuk-body">
            <Link href={ask.href(`/evidence/${id}`)}>{title}</Link>
          </p>
        ))}
      <span class="trellis-row__more">
        {names.get(answer.answered_by)?.name ?? ask.w.adoption.somebody}, {moment(ask, answer.answered_at)}
      </span>
    </li>
  )
  const standing = answers.filter(({ replaced_at }) => replaced_at === null)
  const earlier = answers.filter(({ replaced_at }) => replaced_at !== null)
  return onePage({
    ask,
    title: principle.name,
    caption: review.name,
    back: { href: `/self-review/${review.id}`, text: review.name },
    errors,
    script: 'keep',
    children: (
      <>
        <p class="govuk-body-l">{principle.asks}</p>
        {!principle.checked && <InsetText>{words.unchecked}</InsetText>}
        {standing.length > 0 && <h2 class="govuk-heading-m">{words.said}</h2>}
        <ul class="trellis-rows">
          {standing.map((answer) => (
            <One answer={answer} />
          ))}
        </ul>
        {earlier.length > 0 && (
          <Details summary={words.before}>
            <ul class="trellis-rows">
              {earlier.map((answer) => (
                <One answer={answer} />
              ))}
            </ul>
          </Details>
        )}
        {mayWrite(ask) && !review.ended_at && <Say ask={ask} there={there} errors={errors} />}
      </>
    ),
  })
}

const Say = ({ ask, there, errors }: { ask: Ask; there: Around; errors: readonly FieldError[] }) => {
  const { answer: words } = ask.w.adoption.review
  const box = { ask, errors }
  return (
    <Keeps ask={ask} button={words.button}>
      <h2 class="govuk-heading-m">{there.own ? words.again : words.title}</h2>
      <input type="hidden" name="read" value={typed(ask.form, 'read')} />
      <Radios
        name="rating"
        fieldset={{ legend: { text: words.rating, classes: 'govuk-fieldset__legend--s' } }}
        value={typed(ask.form, 'rating')}
        errorMessage={errorFor(errors, 'rating')}
        items={ratings.map(({ code, label, means }) => ({ value: code, text: label, hint: means }))}
      />
      <WordsBox {...box} name="narrative" label={words.narrative} hint={words.narrativeHint} />
      <WordsBox {...box} name="evidence" label={words.evidence} hint={words.evidenceHint} rows={3} />
      <Line {...box} name="heard_from" label={words.heard} hint={words.heardHint} />
      {there.offered.length > 0 && (
        <Checkboxes
          name="cites"
          fieldset={{ legend: { text: words.cites, classes: 'govuk-fieldset__legend--s' } }}
          values={ticked(ask.form, 'cites')}
          errorMessage={errorFor(errors, 'cites')}
          items={there.offered}
        />
      )}
    </Keeps>
  )
}
