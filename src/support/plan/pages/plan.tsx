import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { aboutPerson, enter, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Button,
  errorFor,
  Errors,
  Form,
  keptPage,
  Link,
  NotificationBanner,
  page,
  Radios,
  readForm,
  redirect,
  SummaryList,
  Tag,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { isClosed } from '../../closure/closure.ts'
import { Ladder, StandingBanner, standingOf } from '../../closure/pages/standing.tsx'
import { wholePlan } from '../gather.ts'
import { nextReview } from '../hold-review.ts'
import { mayPlan, maySayOf } from '../may.ts'
import { kinds, parts } from '../plan.ts'
import { startPlan } from '../write.ts'
import { dayOf } from './dates.ts'
import { PlanPart, Reviews, type Shown } from './parts.tsx'
import { Proposed } from './proposed.tsx'
import { Urgent } from './urgent.tsx'

/** The one plan of a person. What is stuck and what nobody owns comes first, since it needs somebody now. */
export const planPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  return at.kind === 'answer' ? at.answer : view(ask, at)
}

export const sendStart: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return keptPage(ask, 409, ask.w.subjects.add.ended)
  if (!mayPlan(at)) throw new NotFound()
  const words = ask.w.plan.start
  const read = readForm(z.strictObject({ kind: z.enum(kinds, words.kindMissing) }), ask.form)
  if (!read.ok) return view(ask, at, read.errors)
  const { kind } = read.value
  const clock = { kind, held: 0, from: at.now, zone: ask.place.zone }
  const review_on = (await nextReview(ask.tx, at.worker.partnership, clock)) ?? at.today
  const started = await startPlan(ask.tx, at.worker, at.subject, { kind, review_on }, at.now)
  if (!started) return view(ask, at, [{ field: 'kind', text: words.there }])
  return redirect(`/people/${at.subject.id}/plan?done=started`)
}

const view = async (ask: Ask, at: Through, errors: readonly FieldError[] = []) => {
  const words = ask.w.plan
  const whole = await wholePlan(ask, at)
  const base = `/people/${at.subject.id}/plan`
  const standing = await standingOf(ask, at)
  // What is closed is opened again before anything is added to it.
  const may = mayPlan(at) && !isClosed(standing.last)
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  const shown: Shown = { ask, base, today: at.today, whole, may, maySay: (action) => maySayOf(at, action) }
  return page({
    title: words.title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        {!whole.plan && <NoPlan ask={ask} base={base} may={may} errors={errors} />}
        <StandingBanner ask={ask} at={at} standing={standing} />
        {whole.plan && <Facts shown={shown} />}
        <Urgent shown={shown} />
        <Proposed shown={shown} proposals={whole.proposals} />
        {parts.map((part) => (
          <PlanPart shown={shown} part={part} />
        ))}
        {whole.plan && <Ladder ask={ask} at={at} standing={standing} />}
        {whole.plan && <Reviews shown={shown} reviews={whole.reviews} />}
      </>
    ),
  })
}

const NoPlan = (props: { ask: Ask; base: string; may: boolean; errors: readonly FieldError[] }) => {
  const { ask, base, may, errors } = props
  const { none, kinds: names, start: words } = ask.w.plan
  if (!may) return <p class="govuk-body">{none}</p>
  return (
    <Form ask={ask} action={base}>
      <p class="govuk-body">{none}</p>
      <Radios
        name="kind"
        fieldset={{ legend: { text: words.kind, classes: 'govuk-fieldset__legend--m' } }}
        hint={words.kindHint}
        value={typed(ask.form, 'kind')}
        errorMessage={errorFor(errors, 'kind')}
        items={kinds.map((value) => ({ value, text: names[value] }))}
      />
      <Button preventDoubleClick>{words.button}</Button>
    </Form>
  )
}

const Facts = ({ shown: { ask, base, today, whole, may } }: { shown: Shown }) => {
  const words = ask.w.plan
  const { kind, next } = whole
  const isLate = next !== null && next !== undefined && next < today
  const review = ['review', words.hold]
  // A review that is late is the next thing to do.
  const acts = [
    ['actions/new', words.addAction],
    ['goals/new', words.addGoal],
  ]
  acts.splice(isLate ? 0 : 2, 0, review)
  return (
    <>
      <SummaryList
        rows={[
          { key: words.facts.kind, value: kind && words.kinds[kind] },
          {
            key: words.facts.next,
            value: (
              <>
                {next && <time dateTime={next}>{dayOf(ask, next)}</time>}{' '}
                {isLate && <Tag classes="govuk-tag--orange">{ask.w.support.next.late}</Tag>}
                {isLate && <p class="govuk-body-s">{words.facts.late}</p>}
              </>
            ),
          },
        ]}
      />
      {may && (
        <div class="govuk-button-group">
          {acts.map(([end, text], index) => (
            <Button classes={index > 0 ? 'govuk-button--secondary' : undefined} href={ask.href(`${base}/${end}`)}>
              {text}
            </Button>
          ))}
        </div>
      )}
      <p class="govuk-body">
        <Link href={ask.href(`${base}/print`)}>{words.print}</Link>
      </p>
    </>
  )
}
