import type { Through } from '../../../subjects/index.ts'
import { Button, fill, Tag, type Ask } from '../../../web/index.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import type { Episode, Offer, Talk } from '../missing.ts'
import type { Whole } from '../queries.ts'
import { episodePath, talkState } from './frame.tsx'
import { whenSaid } from './when.tsx'

type Shown = { ask: Ask; at: Through; episode: Episode; whole: Whole; due: Date | undefined }

/** The conversation after they came back: by when, each offer with its answer, and what they said. */
export const Conversation = ({ ask, at, episode, whole: { offers, talks }, due }: Shown) => {
  const { one: words, talkState: states } = ask.w.missing
  const base = episodePath(at, episode)
  const state = talkState(due, talks[0]?.held_at, at.now)
  return (
    <section aria-labelledby="talk">
      <h2 class="govuk-heading-m" id="talk">
        {words.talk}
      </h2>
      <p class="govuk-body">
        {due ? fill(states[state], { due: whenSaid(ask, due) }) : states.adult}{' '}
        {state === 'late' && <Tag classes="govuk-tag--orange">{ask.w.support.next.late}</Tag>}
      </p>
      {offers.length === 0 && talks.length === 0 && <p class="govuk-body">{states.none}</p>}
      <ul class="trellis-rows">
        {offers.map((offer) => (
          <OfferRow ask={ask} offer={offer} />
        ))}
      </ul>
      {talks.map((talk) => (
        <TalkTold ask={ask} talk={talk} />
      ))}
      <div class="govuk-button-group">
        <Button classes="govuk-button--secondary" href={ask.href(`${base}/offer`)}>
          {words.addOffer}
        </Button>
        <Button classes="govuk-button--secondary" href={ask.href(`${base}/talk`)}>
          {words.addTalk}
        </Button>
      </div>
    </section>
  )
}

const OfferRow = ({ ask, offer }: { ask: Ask; offer: Offer }) => {
  const words = ask.w.missing
  const { answer, offered_by, offered_at, independent, again_on } = offer
  const said = [
    [words.spoke, offer.spoke],
    [words.carer, offer.carer],
    [words.why, offer.why],
  ] as const
  return (
    <li class="trellis-row trellis-row--tall">
      <p class="govuk-body govuk-!-font-weight-bold">
        {fill(words.offerLine, { answer: words.answers[answer], name: offered_by, when: whenSaid(ask, offered_at) })}
      </p>
      <span class="trellis-row__more">{independent ? words.offerIndependent : words.offerNot}</span>
      {said
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <p class="govuk-body trellis-words" dir="auto">
            {label}: {value}
          </p>
        ))}
      {again_on && <p class="govuk-body">{fill(words.again, { day: dayOf(ask, again_on) })}</p>}
    </li>
  )
}

const TalkTold = ({ ask, talk }: { ask: Ask; talk: Talk }) => {
  const words = ask.w.missing
  const parts = ['said', 'push', 'pull', 'harm', 'others', 'actions', 'shared', 'where'] as const
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body govuk-!-font-weight-bold">
        {fill(words.talkLine, { name: talk.held_by, when: whenSaid(ask, talk.held_at) })}
      </p>
      <p class="govuk-body">{talk.independent ? words.offerIndependent : words.offerNot}</p>
      {parts
        .filter((part) => talk[part])
        .map((part) => (
          <>
            <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{words.talkParts[part]}</h3>
            <p class="govuk-body trellis-words" dir="auto">
              {talk[part]}
            </p>
          </>
        ))}
    </div>
  )
}
