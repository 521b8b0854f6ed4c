import type { ComponentChildren } from 'preact'
import { localDate, type PersonViewer } from '../../../platform/index.ts'
import { OwnQuote, type OwnSection } from '../../../subjects/index.ts'
import { fill, Link, type Ask } from '../../../web/index.ts'
import { against } from '../disagreements.ts'
import { nextReviewOf, ownPlan, whoComes, type OwnPlan } from '../own-plan.ts'
import { isOpen, parts, type Action, type Part } from '../plan.ts'
import { dayOf } from './dates.ts'

type Shown = { ask: Ask; plan: OwnPlan; isThem: boolean; today: string }

/** When the plan is looked at next, who is there, and how they say what they want before it. */
const ownReview = async (ask: Ask, viewer: PersonViewer): Promise<ComponentChildren | null> => {
  const on = await nextReviewOf(ask, viewer)
  if (!on) return null
  const words = ask.w.own.plan
  const isThem = viewer.as === 'themself'
  const comes = viewer.sections.includes('circle') ? await whoComes(ask, viewer) : []
  const isLate = on < localDate(ask.house.now(), ask.place.zone)
  return (
    <>
      <p class="govuk-body">{fill(isLate ? words.reviewLate : words.reviewBy, { day: dayOf(ask, on) })}</p>
      {comes.length > 0 && (
        <>
          <p class="govuk-body">{words.reviewWho}</p>
          <ul class="govuk-list govuk-list--bullet">
            {comes.map((one) => (
              <li>{one}</li>
            ))}
          </ul>
        </>
      )}
      {isThem && (
        <p class="govuk-body">
          {words.reviewFirst} <Link href={ask.href('/mine/story/want-you-to-know')}>{words.reviewWrite}</Link>
        </p>
      )}
    </>
  )
}

/** The plan on the person's own page: what was agreed, who does what by when, and what happens next. */
export const ownPlanSection: OwnSection = {
  name: 'plan',
  title: (ask) => ask.w.own.sections.plan,
  next: ownReview,
  show: async (ask, viewer: PersonViewer) => {
    const words = ask.w.own.plan
    const plan = await ownPlan(ask, viewer)
    if (!plan) return <p class="govuk-body">{words.none}</p>
    const isThem = viewer.as === 'themself'
    const shown: Shown = { ask, plan, isThem, today: localDate(ask.house.now(), ask.place.zone) }
    const isEmpty = plan.goals.length + plan.actions.length === 0
    return (
      <>
        {plan.next && <p class="govuk-body">{fill(words.review, { day: dayOf(ask, plan.next) })}</p>}
        <p class="govuk-body">{isEmpty ? words.none_of_these : isThem ? words.intro : words.introFor}</p>
        {parts.map((part) => (
          <OwnPart shown={shown} part={part} />
        ))}
      </>
    )
  },
}

const OwnPart = ({ shown, part }: { shown: Shown; part: Part }) => {
  const { ask, plan } = shown
  const words = ask.w.own.plan
  const goals = plan.goals.filter((goal) => goal.part === part)
  const actions = plan.actions.filter((action) => action.part === part)
  if (goals.length + actions.length === 0) return null
  return (
    <>
      <h3 class="govuk-heading-s">{ask.w.plan.parts[part]}</h3>
      {(['own', 'protection'] as const).map((whose) =>
        goals
          .filter((goal) => goal.whose === whose)
          .map((goal) => (
            <OwnLine shown={shown} id={goal.id} said={goal.words} caption={whose === 'own' ? words.want : words.safe} />
          )),
      )}
      {actions.map((action) => (
        <OwnLine shown={shown} id={action.id} said={action.words} caption={words.who}>
          {whoAndWhen(shown, action)}
        </OwnLine>
      ))}
    </>
  )
}

const whoAndWhen = ({ ask, plan, today }: Shown, action: Action): string => {
  const words = ask.w.own.plan
  if (!isOpen(action)) return words.done
  const who = { ...plan.ownerOf(action), day: dayOf(ask, action.due_on) }
  return action.due_on < today ? fill(words.late, who) : fill(words.action, who)
}

/** One line that was agreed, with what they said against it and what they were answered. */
const OwnLine = (props: { shown: Shown; id: string; said: string; caption: string; children?: ComponentChildren }) => {
  const { shown, id, said, caption, children } = props
  const { ask, plan, isThem } = shown
  const words = ask.w.own.plan
  return (
    <div class="trellis-own-line">
      <p class="trellis-story__by">{caption}</p>
      <p class="govuk-body trellis-words" dir="auto">
        {said}
      </p>
      {children && <p class="govuk-body">{children}</p>}
      {against(plan.disagreements, id).map((one) => (
        <div class="trellis-story__beside">
          <p class="govuk-body">{words.said}</p>
          <OwnQuote>{one.words}</OwnQuote>
          {one.answered_at ? (
            <>
              <p class="govuk-body">{words.answer}</p>
              <OwnQuote>{one.answer}</OwnQuote>
            </>
          ) : (
            <p class="govuk-body">{fill(words.due, { day: dayOf(ask, one.due_on) })}</p>
          )}
        </div>
      ))}
      {isThem && (
        <p class="govuk-body">
          <Link href={ask.href(`/mine/plan/${id}`)}>
            {words.disagree}
            <span class="govuk-visually-hidden">: {said.slice(0, 60)}</span>
          </Link>
        </p>
      )}
    </div>
  )
}
