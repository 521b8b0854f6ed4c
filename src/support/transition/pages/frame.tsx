import type { ComponentChildren } from 'preact'
import { NotFound } from '../../../platform/index.ts'
import { aboutPerson, enter, type Through } from '../../../subjects/index.ts'
import {
  BackLink,
  Errors,
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

/** Through the gate of a person; a place or a group has no birthday. What was typed is kept where the way in ended. */
export const withPerson =
  (then: (ask: Ask, at: Through) => Promise<Answer>): Handler =>
  async (ask) => {
    const at = await enter(ask, ask.params['id']!)
    if (at.kind === 'answer')
      return Object.keys(ask.form).length > 0 ? keptPage(ask, 409, ask.w.subjects.add.ended) : at.answer
    if (at.subject.kind !== 'person') throw new NotFound()
    return then(ask, at)
  }

/** The same for whoever works with them. */
export const withWorker = (then: (ask: Ask, at: Through) => Promise<Answer>): Handler =>
  withPerson(async (ask, at) => {
    if (!mayPlan(at)) throw new NotFound()
    return then(ask, at)
  })

export const personPage = (props: {
  ask: Ask
  at: Through
  title: string
  back: { href: string; text: string }
  done?: string | undefined
  errors: readonly FieldError[]
  children: ComponentChildren
}): Answer => {
  const { ask, at, title, back, done, errors } = props
  return page({
    title,
    status: errors.length ? 422 : 200,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}${back.href}`)}>{back.text}</BackLink>
        <Errors ask={ask} errors={errors} />
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{title}</Title>
        {props.children}
      </>
    ),
  })
}
