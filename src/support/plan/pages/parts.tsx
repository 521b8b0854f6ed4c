import { Details, fill, Link, Tag, type Ask } from '../../../web/index.ts'
import { against } from '../disagreements.ts'
import type { Whole } from '../gather.ts'
import { isOpen, isStuck, whoses, type Action, type Goal, type Part, type Review } from '../plan.ts'
import { counted, dayOf } from './dates.ts'
import { Against } from './disagreed.tsx'

export type Shown = {
  ask: Ask
  base: string
  today: string
  whole: Whole
  may: boolean
  maySay: (action: Action) => boolean
}

/** One part of the plan: what they want, what keeps them safe, and who does what by when. */
export const PlanPart = ({ shown, part }: { shown: Shown; part: Part }) => {
  const { ask, whole, may, base } = shown
  const words = ask.w.plan
  const goals = whole.goals.filter((goal) => goal.part === part)
  const actions = whole.actions.filter((action) => action.part === part)
  const finished = actions.filter((action) => !isOpen(action))
  const ended = goals.filter(({ outcome }) => outcome !== null)
  if (goals.length === 0 && actions.length === 0) return null
  return (
    <section class="trellis-told" aria-labelledby={slug(part)}>
      <h2 class="govuk-heading-m trellis-told__title" id={slug(part)}>
        {words.parts[part]}
      </h2>
      {whoses.map((whose) => (
        <Goals
          shown={shown}
          title={words.whose[whose]}
          goals={goals.filter((one) => one.whose === whose && !one.outcome)}
        />
      ))}
      <Actions shown={shown} actions={actions.filter(isOpen)} />
      {finished.length > 0 && (
        <Details summary={counted(words.finished, finished.length)}>
          <Actions shown={shown} actions={finished} />
        </Details>
      )}
      {ended.length > 0 && (
        <Details summary={counted(words.endedGoals, ended.length)}>
          {ended.map(({ words: said, outcome }) => (
            <>
              <p class="govuk-body trellis-words" dir="auto">
                {said}
              </p>
              <p class="trellis-row__more">{words.goalEnd.outcomes[outcome!]}</p>
            </>
          ))}
        </Details>
      )}
      {may && (
        <p class="govuk-body">
          <Link href={ask.href(`${base}/actions/new?part=${encodeURIComponent(part)}`)}>
            {fill(words.addActionHere, { part: words.parts[part] })}
          </Link>
        </p>
      )}
    </section>
  )
}
const slug = (part: Part): string => part.replaceAll(' ', '-')

const Goals = ({ shown, title, goals }: { shown: Shown; title: string; goals: readonly Goal[] }) => {
  const { ask, may, base } = shown
  if (goals.length === 0) return null
  return (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      {goals.map(({ id, words, whose }) => (
        <div class="trellis-goal">
          {whose === 'own' ? (
            <blockquote class="govuk-inset-text trellis-words" dir="auto">
              {words}
            </blockquote>
          ) : (
            <p class="govuk-body trellis-words" dir="auto">
              {words}
            </p>
          )}
          <Against shown={shown} line={id} />
          {may && (
            <p class="govuk-body-s">
              <a class="govuk-link" href={ask.href(`${base}/goals/${id}`)}>
                {ask.w.plan.endGoal}
                <span class="govuk-visually-hidden">: {words.slice(0, 60)}</span>
              </a>
            </p>
          )}
        </div>
      ))}
    </>
  )
}

export const Actions = ({ shown, actions, link }: { shown: Shown; actions: readonly Action[]; link?: string }) => {
  const { ask, whole, base } = shown
  const words = ask.w.plan
  if (actions.length === 0) return null
  return (
    <ul class="trellis-rows">
      {actions.map((action) => (
        <li class="trellis-row">
          <div>
            <span class="trellis-words" dir="auto">
              {action.words}
            </span>
            <span class="trellis-row__more">
              {fill(whole.unowned.includes(action) ? words.ownerGone : words.owner, whole.ownerOf(action))}
              {' · '}
              <time dateTime={action.due_on}>{fill(words.due, { day: dayOf(ask, action.due_on) })}</time>
            </span>
            {shown.maySay(action) && (
              <a class="govuk-link govuk-body-s" href={ask.href(`${base}/actions/${action.id}`)}>
                {link ?? words.say}
                <span class="govuk-visually-hidden">: {action.words.slice(0, 60)}</span>
              </a>
            )}
            <Against shown={shown} line={action.id} />
          </div>
          <Tags shown={shown} action={action} />
        </li>
      ))}
    </ul>
  )
}

const Tags = ({ shown: { ask, today, whole }, action }: { shown: Shown; action: Action }) => {
  const words = ask.w.plan
  const tags: [string, string][] = []
  if (action.said === 'done' || action.said === 'not done')
    tags.push([words.saidTags[action.said], action.said === 'done' ? 'green' : 'grey'])
  if (against(whole.disagreements, action.id).some(({ answered_at }) => !answered_at))
    tags.push([words.disagreed.tag, 'purple'])
  if (whole.unowned.includes(action)) tags.push([words.unowned.tag, 'red'])
  if (isStuck(action, today)) tags.push([action.due_on < today ? words.lateTag : words.stuckTag, 'orange'])
  if (tags.length === 0) return null
  return (
    <div class="trellis-row__tags">
      {tags.map(([text, colour]) => (
        <Tag classes={`govuk-tag--${colour}`}>{text}</Tag>
      ))}
    </div>
  )
}

export const Reviews = ({ shown: { ask, whole }, reviews }: { shown: Shown; reviews: readonly Review[] }) => {
  const words = ask.w.plan.reviews
  return (
    <section class="trellis-told" aria-labelledby="reviews">
      <h2 class="govuk-heading-m trellis-told__title" id="reviews">
        {words.title}
      </h2>
      {reviews.length === 0 && <p class="govuk-body">{words.none}</p>}
      {reviews.map((review, i) => (
        <Details summary={fill(words.on, { day: dayOf(ask, review.held_on) })} open={i === 0}>
          {(['changed', 'view', 'unheard', 'decisions'] as const)
            .filter((part) => review[part])
            .map((part) => (
              <>
                <h3 class="govuk-heading-s">{words[part]}</h3>
                <p class="govuk-body trellis-words" dir="auto">
                  {review[part]}
                </p>
              </>
            ))}
          <p class="trellis-row__more">
            {fill(words.by, { name: whole.nameOf(review.held_by), day: dayOf(ask, review.next_on) })}
          </p>
        </Details>
      ))}
    </section>
  )
}
