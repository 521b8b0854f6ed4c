import { BadRequest, NotFound } from '../../../platform/index.ts'
import {
  BackLink,
  Button,
  Errors,
  fill,
  Form,
  NotificationBanner,
  page,
  redirect,
  Title,
  typed,
  type Ask,
  type FieldError,
  type Handler,
  type Page,
} from '../../../web/index.ts'
import { decide as decideConcern } from '../../decide.ts'
import { nameInTold, routeLabel, routeOf } from '../../decision.ts'
import { namesAndNumbers } from '../../decide.ts'
import { clockTime, named, when } from '../said.tsx'
import { decisionIn, fieldsOf, firstOpenStep, one, problemsIn, steps, stepsOf, type Step } from './decide/answers.ts'
import { CheckStep } from './decide/check.tsx'
import { dropDecisionDraft, keepDecisionDraft } from './decide/draft.ts'
import { decideFacts, type Facts, type StepProps } from './decide/facts.ts'
import { FrameStep } from './decide/frame.tsx'
import { LimbsStep } from './decide/limbs.tsx'
import { RouteStep } from './decide/route.tsx'
import { WhyStep } from './decide/why.tsx'

/** Leads to the first part of the decision that is not finished. */
export const decide: Handler = async (ask) => {
  const facts = await decideFacts(ask)
  return redirect(address(facts, firstOpenStep(ask, facts)))
}

/** One part of deciding. The check at the end waits until every part before it is finished. */
export const decideStep: Handler = async (ask) => {
  const facts = await decideFacts(ask)
  const step = stepOf(ask)
  const open = firstOpenStep(ask, facts)
  if (step !== open && isAfter(facts, step, open)) return redirect(address(facts, open))
  return show(ask, facts, step)
}

/** Keeps what was typed, whatever it is; then goes on when it can be gone on with. */
export const decideStepSent: Handler = async (ask) => {
  const before = await decideFacts(ask)
  const step = stepOf(ask)
  const facts = { ...before, answers: answersWith(ask, before, step), began: beganIn(ask, before) }
  await keepDecisionDraft(ask, draftOf(facts))
  if (typed(ask.form, 'do') === 'keep') return redirect(`${address(facts, step)}?kept=yes`)
  if (step === 'check') return send(ask, facts)
  const errors = [...problemsIn(ask, step, facts), ...(step === 'why' ? await toldProblems(ask, facts) : [])]
  if (errors.length) return show(ask, facts, step, { errors, status: 422 })
  const all = stepsOf(facts)
  return redirect(address(facts, all[all.indexOf(step) + 1] ?? 'check'))
}

/** Throws away what was begun. */
export const decideDropped: Handler = async (ask) => {
  const { concern } = await decideFacts(ask)
  await dropDecisionDraft(ask, concern.id)
  return redirect(`/concerns/${concern.id}`)
}

const stepOf = (ask: Ask): Step => {
  const step = steps.find((name) => name === ask.params['step'])
  if (!step) throw new NotFound()
  return step
}

const address = ({ concern }: Facts, step: Step): string => `/concerns/${concern.id}/decide/${step}`

const isAfter = (facts: Facts, step: Step, open: Step): boolean => steps.indexOf(step) > steps.indexOf(open)

const draftOf = ({ concern, began, answers }: Facts) => ({
  concern: concern.id,
  reference: concern.reference,
  ...began,
  answers,
})

/** What was typed before, with this form in place of the fields it asks for. */
const answersWith = (ask: Ask, { answers }: Facts, step: Step) => {
  const { standing: _standing, seen: _seen, do: _do, ...sent } = ask.form
  const fields = fieldsOf(step, answers)
  if (Object.keys(sent).some((name) => !fields.includes(name)))
    throw new BadRequest('This form held something that was not asked for.')
  const rest = Object.fromEntries(Object.entries(answers).filter(([name]) => !fields.includes(name)))
  const merged = { ...rest, ...sent }
  if (step !== 'route') return merged
  // Another way on has another offer; words the writer made their own stay.
  const left = routeOf(one(answers, 'route'))
  const { offered, told, ...others } = merged
  return {
    ...others,
    ...(offered !== undefined && offered !== left?.offer ? { offered } : {}),
    ...(told !== undefined && told !== left?.tellReporter ? { told } : {}),
  }
}

/** What stood when the writer began travels with the form: a reload must not make an old page new. */
const beganIn = (ask: Ask, { began }: Facts) => ({
  standing: 'standing' in ask.form ? typed(ask.form, 'standing') || null : began.standing,
  seen: Number(typed(ask.form, 'seen')) || began.seen,
})

const toldProblems = async (ask: Ask, { worker, concern, answers }: Facts): Promise<FieldError[]> => {
  if (one(answers, 'told_confirmed') === 'yes') return []
  const found = nameInTold(one(answers, 'told'), await namesAndNumbers(ask.tx, ask.house.keys, worker, concern.id))
  if (found.length === 0) return []
  return [{ field: 'told', text: fill(ask.w.duty.decide.toldNames, { found: found.join(', ') }) }]
}

const send = async (ask: Ask, facts: Facts) => {
  const open = firstOpenStep(ask, facts)
  if (open !== 'check') return show(ask, facts, open, { errors: problemsIn(ask, open, facts), status: 422 })
  if ((facts.news?.seq ?? 0) > facts.began.seen) return again(ask, facts, 'news')
  const outcome = await decideConcern(ask.tx, ask.house.keys, ask.viewer, facts.concern.id, decisionIn(facts), {
    standing: facts.began.standing,
    at: ask.house.now(),
  })
  if (outcome.outcome === 'stale') return again(ask, await decideFacts(ask), 'stale')
  if (outcome.outcome === 'names')
    return show(ask, facts, 'why', { errors: await toldProblems(ask, facts), status: 422 })
  await dropDecisionDraft(ask, facts.concern.id)
  return redirect(`/concerns/${facts.concern.id}?done=decided`)
}

/** Says what came between, once: the next press is made knowing it. */
const again = async (ask: Ask, facts: Facts, notice: 'stale' | 'news') => {
  const now = { ...facts, began: { standing: facts.standing?.id ?? null, seen: facts.news?.seq ?? 0 } }
  await keepDecisionDraft(ask, draftOf(now))
  return show(ask, now, 'check', { status: 409, notice })
}

type Shown = { errors?: FieldError[]; status?: Page['status']; notice?: 'stale' | 'news' }

const show = (ask: Ask, facts: Facts, step: Step, { errors = [], status, notice }: Shown = {}): Page => {
  const words = ask.w.duty.decide
  const known = stepsOf(facts)
  // A frame that follows from the ages is no step, until somebody chooses to decide by another.
  const all = known.includes(step) ? known : [step, ...known]
  const at = all.indexOf(step)
  const title = titles(ask)[step]
  return page({
    title,
    status,
    frame: 'staff',
    script: 'keep',
    body: (
      <>
        <BackLink href={ask.href(at > 0 ? address(facts, all[at - 1]!) : `/concerns/${facts.concern.id}`)}>
          {ask.w.common.back}
        </BackLink>
        {ask.query['kept'] === 'yes' && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {words.kept}
          </NotificationBanner>
        )}
        {notice ? <Notice ask={ask} facts={facts} notice={notice} /> : <Replacing ask={ask} facts={facts} />}
        <Errors ask={ask} errors={errors} />
        <Title
          caption={`${fill(words.caption, { reference: facts.concern.reference })}. ${fill(words.step, { step: at + 1, of: all.length })}`}
        >
          {title}
        </Title>
        <Form ask={ask} action={address(facts, step)} class="trellis-keeps">
          <input type="hidden" name="standing" value={facts.began.standing ?? ''} />
          <input type="hidden" name="seen" value={facts.began.seen} />
          {fieldsFor(step, { ask, facts, errors })}
          <div class="govuk-button-group">
            <Button name="do" value="go" preventDoubleClick>
              {step === 'check' ? (facts.standing ? words.submitAgain : words.submit) : ask.w.common.continue}
            </Button>
            {step !== 'check' && (
              <Button name="do" value="keep" classes="govuk-button--secondary">
                {words.keep}
              </Button>
            )}
          </div>
          <p class="govuk-hint" role="status" data-autosaved={words.autosaved}></p>
        </Form>
        {Object.keys(facts.answers).length > 0 && (
          <Form ask={ask} action={`/concerns/${facts.concern.id}/decide/drop`}>
            <button class="trellis-link-button">{words.drop}</button>
          </Form>
        )}
      </>
    ),
  })
}

const titles = (ask: Ask): Record<Step, string> => {
  const words = ask.w.duty.decide
  return {
    frame: words.frameTitle,
    limbs: words.limbsTitle,
    route: words.routeTitle,
    why: words.whyTitle,
    check: words.checkTitle,
  }
}

const fieldsFor = (step: Step, props: StepProps) => {
  switch (step) {
    case 'frame':
      return <FrameStep {...props} />
    case 'limbs':
      return <LimbsStep {...props} />
    case 'route':
      return <RouteStep {...props} />
    case 'why':
      return <WhyStep {...props} />
    case 'check':
      return <CheckStep {...props} />
  }
}

/** Somebody decided before, and the writer knew. */
const Replacing = ({ ask, facts: { standing } }: { ask: Ask; facts: Facts }) => {
  if (!standing) return null
  const said = { who: standing.who, when: when(ask, standing.decided_at), route: routeLabel(standing.route) }
  return <p class="govuk-inset-text">{fill(ask.w.duty.decide.changing, said)}</p>
}

const Notice = ({ ask, facts, notice }: { ask: Ask; facts: Facts; notice: 'stale' | 'news' }) => {
  const words = ask.w.duty.decide
  const { standing } = facts
  const stale = notice === 'stale' && standing
  const said = standing && {
    who: standing.who,
    when: clockTime(ask, standing.decided_at),
    route: routeLabel(standing.route),
  }
  return (
    <NotificationBanner title={ask.w.common.errorTitle} role="alert">
      <p class="govuk-notification-banner__heading">{stale ? fill(words.staleTitle, said!) : words.newsTitle}</p>
      <p class="govuk-body">
        {stale ? fill(words.staleText, said!) : `${named(words.news, facts.news?.kind)} ${words.newsText}`}
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={ask.href(`/concerns/${facts.concern.id}`)} target="_blank" rel="noopener">
          {words.openConcern}
        </a>
      </p>
    </NotificationBanner>
  )
}
