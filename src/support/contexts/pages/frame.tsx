import type { ComponentChildren } from 'preact'
import { z } from 'zod'
import { NotFound } from '../../../platform/index.ts'
import { aboutPerson, day, enter, homeOf, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Errors,
  fill,
  keptPage,
  NotificationBanner,
  page,
  Title,
  type Answer,
  type Ask,
  type FieldError,
  type Handler,
} from '../../../web/index.ts'
import { mayPlan } from '../../plan/may.ts'
import type { Closure } from '../context.ts'
import { closuresIn } from '../queries.ts'

export const most_words = 4000
const most_line = 300

/** Through the gate of a context, for whoever may look; what was typed is kept where the way in ended meanwhile. */
export const inContext =
  (then: (ask: Ask, at: Through) => Promise<Answer> | Answer): Handler =>
  async (ask) => {
    const at = await enter(ask, ask.params['id']!)
    if (at.kind === 'open') return then(ask, at)
    return Object.keys(ask.form).length > 0 ? keptPage(ask, 409, ask.w.subjects.add.ended) : at.answer
  }

/** The same, for whoever works on it. @throws {NotFound} for somebody who only may look */
export const workingIn = (then: (ask: Ask, at: Through) => Promise<Answer> | Answer): Handler =>
  inContext((ask, at) => {
    if (!mayPlan(at)) throw new NotFound()
    return then(ask, at)
  })

/** The words and rows of this context, as a query of this room wants them. */
export const of = (ask: Ask, at: Through) => [ask.tx, ask.house.keys, at.worker.partnership, at.subject.id] as const

/** The closure that stands, if it is closed. */
export const standingClosure = async (ask: Ask, at: Through): Promise<Closure | undefined> =>
  (await closuresIn(...of(ask, at))).find(({ ended_at }) => ended_at === null)

export const doneIn = ({ query, w }: Ask): string | undefined =>
  (w.contexts.done as Record<string, string>)[query['done'] ?? '']

/** One page of a context below its own. */
export const contextPage = (props: {
  ask: Ask
  at: Through
  title: string
  intro?: string
  errors?: readonly FieldError[]
  wide?: boolean
  script?: 'writing'
  children: ComponentChildren
}): Answer => {
  const { ask, at, title, intro, errors = [], wide = false, script } = props
  const done = errors.length ? undefined : doneIn(ask)
  return page({
    title,
    status: errors.length ? 422 : 200,
    wide,
    frame: 'staff',
    ...(script && { script }),
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(homeOf(at.subject))}>{ask.w.common.back}</BackLink>
        <Errors ask={ask} errors={errors} />
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{title}</Title>
        {intro && <p class="govuk-body-l">{intro}</p>}
        {props.children}
      </>
    ),
  })
}

/** That it is closed, and what would show that it comes back, wherever somebody could act on it. */
export const ClosedBanner = ({ ask, closure }: { ask: Ask; closure: Closure | undefined }) => {
  if (!closure) return null
  const words = ask.w.contexts.close
  return (
    <NotificationBanner title={words.banner} titleId="closed">
      <p class="govuk-notification-banner__heading trellis-words">
        {fill(words.bannerText, { day: day(ask, closure.closed_at), signs: closure.signs })}
      </p>
    </NotificationBanner>
  )
}

/** Boxes of a form: words that must be there, words that may, and one line. */
const tooLong = (ask: Ask, most: number): string =>
  fill(ask.w.contexts.new.long, { most: most.toLocaleString('en-GB') })
export const mustWords = (ask: Ask, missing: string) =>
  z.string(missing).regex(/\S/, missing).max(most_words, tooLong(ask, most_words))
export const mayWords = (ask: Ask) => z.string().trim().max(most_words, tooLong(ask, most_words)).default('')
export const mustLine = (ask: Ask, missing: string) =>
  z.string(missing).trim().min(1, missing).max(most_line, tooLong(ask, most_line))
export const mayLine = (ask: Ask) => z.string().trim().max(most_line, tooLong(ask, most_line)).default('')
