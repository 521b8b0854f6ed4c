import { hasRole } from '../../../platform/index.ts'
import { Button, fill, Form, NotificationBanner } from '../../../web/index.ts'
import { mayAnswer } from '../../answer-escalation.ts'
import { isPaused } from '../../clock-words.ts'
import { ClockLine, ClockTag } from '../clock-line.tsx'
import type { Props } from './facts.ts'
import { named, soon, when } from '../said.tsx'

/** What can be done now, the one obvious thing first. */
export const Actions = ({ ask, facts }: Props) => {
  const words = ask.w.duty.concern
  const { concern, holder, standing, worker, draft } = facts
  const to = (act: string) => ask.href(`/concerns/${concern.id}/${act}`)
  const mine = holder === worker.staff
  const decide = draft ? words.carryOn : standing ? words.decideAgain : words.decide
  const links = [
    { text: words.ask, act: 'question' },
    { text: words.askPartners, act: 'partners' },
    { text: words.setPriority, act: 'priority' },
    (mine || !holder || hasRole(worker, 'manager')) && { text: words.hand, act: 'hand' },
    { text: words.pause, act: 'pause' },
    { text: words.openRecord, act: 'record' },
  ].filter((link) => link !== false)
  return (
    <section class="trellis-actions trellis-screen-only" aria-label={words.actions}>
      {!holder && !standing && (
        <Form ask={ask} action={`/concerns/${concern.id}/take`}>
          <Button preventDoubleClick>{words.take}</Button>
        </Form>
      )}
      <Button href={to('decide')} classes={holder || standing ? undefined : 'govuk-button--secondary'}>
        {decide}
      </Button>
      <ul class="govuk-list">
        {links.map(({ text, act }) => (
          <li>
            <a class="govuk-link govuk-link--no-visited-state" href={to(act)}>
              {text}
            </a>
          </li>
        ))}
        <li>
          <a class="govuk-link govuk-link--no-visited-state" href={ask.href(`/contexts/new?concern=${concern.id}`)}>
            {ask.w.contexts.concernLink}
          </a>
        </li>
      </ul>
      {holder && (mine || hasRole(worker, 'manager')) && (
        <Form ask={ask} action={`/concerns/${concern.id}/release`}>
          <button class="trellis-link-button">{words.release}</button>
        </Form>
      )}
    </section>
  )
}

/** Every clock of the concern: those that run with how they stand, those that are done with when. */
export const Clocks = ({ ask, facts }: Props) => {
  const { concern: words, clocks: names, clock: clockWords } = ask.w.duty
  const { concern, clocks, calendar } = facts
  return (
    <section class="trellis-runs">
      <h2 class="govuk-heading-s">{words.clocks}</h2>
      {clocks.length === 0 && <p class="govuk-body-s">{words.noClocks}</p>}
      <ul class="govuk-list">
        {clocks.map((run) => (
          <li>
            <strong>{named(names, run.clock)}</strong>{' '}
            {run.stopped_at ? (
              <span>
                {fill(run.stopped_at > run.due_at ? clockWords.doneLate : clockWords.stopped, {
                  when: soon(ask, run.stopped_at),
                })}
              </span>
            ) : (
              <>
                <ClockTag ask={ask} run={run} /> <ClockLine ask={ask} run={run} calendar={calendar} />
                {isPaused(run) && (
                  <Form ask={ask} action={`/concerns/${concern.id}/resume`}>
                    <input type="hidden" name="run" value={run.id} />
                    <button class="trellis-link-button">
                      {words.resume}
                      <span class="govuk-visually-hidden"> ({named(names, run.clock)})</span>
                    </button>
                  </Form>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Somebody says they were not heard: who answers, and by when. */
export const Unheard = ({ ask, facts }: Props) => {
  const words = ask.w.duty.concern
  const open = facts.escalations.find(({ answered_at }) => answered_at === null)
  if (!open) return null
  const may = mayAnswer(facts.worker, open.step, facts.standing?.decided_by)
  return (
    <NotificationBanner title={words.unheardTitle}>
      <p class="govuk-notification-banner__heading">{words.unheard}</p>
      <p class="govuk-body">{fill(words.unheardText, { step: open.step, when: when(ask, open.raised_at) })}</p>
      {may ? (
        <a class="govuk-notification-banner__link" href={ask.href(`/concerns/${facts.concern.id}/not-heard`)}>
          {words.answerUnheard}
        </a>
      ) : (
        <p class="govuk-body">
          {facts.standing?.decided_by === facts.worker.staff ? words.unheardNotYou : words.unheardManager}
        </p>
      )}
    </NotificationBanner>
  )
}
