import { namesFor } from '../../../staff/index.ts'
import { BackLink, Button, fill, NotificationBanner, page, Title, type Ask, type Handler } from '../../../web/index.ts'
import { aboutPerson, enter } from '../../gate.ts'
import { frameOn } from '../../subject.ts'
import { outcomesOf } from '../../voice/outcomes.ts'
import { absencesOf, voiceCount, voicesOf } from '../../voice/queries.ts'
import type { Absence, Asked, OwnOutcome, Voice } from '../../voice/voice.ts'
import { feedbackFrom, type FeedbackGiven } from '../../voice/you-said.ts'
import { counted, day } from '../said.tsx'

/** What they said at every stage, what came of it, when they were not heard, and what an adult wants to come of it all. */
export const voicePage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const { tx, house } = ask
  const { partnership } = at.worker
  const { id } = at.subject
  const voices = await voicesOf(tx, house.keys, partnership, id)
  const absences = await absencesOf(tx, house.keys, partnership, id)
  const kept = (await voiceCount(tx, partnership, id)) - voices.length
  const isAdult = frameOn(at.subject.adult_from, at.today) !== 'child'
  const { asked, outcomes } = await outcomesOf(tx, house.keys, partnership, id)
  const given = at.ties.closeness >= 2 ? await feedbackFrom(tx, house.keys, partnership, id) : []
  const names = await namesFor(
    tx,
    voices.flatMap(({ entered_by }) => entered_by ?? []),
  )
  const words = ask.w.voice
  const base = `/people/${id}`
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(base)}>{ask.w.common.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.saved}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body-l">{words.intro}</p>
        <div class="govuk-button-group">
          <Button href={ask.href(`${base}/voice/new`)}>{words.new}</Button>
          <a class="govuk-link" href={ask.href(`${base}/voice/not-heard`)}>
            {words.notHeard}
          </a>
        </div>
        {voices.length === 0 && kept === 0 && <p class="govuk-body">{words.none}</p>}
        {voices.map((voice) => (
          <OneVoice ask={ask} base={base} voice={voice} name={names.get(voice.entered_by ?? '')?.name} />
        ))}
        {kept > 0 && <p class="govuk-body">{counted(words.kept, kept)}</p>}
        {absences.map((absence) => (
          <NotHeard ask={ask} absence={absence} />
        ))}
        {(isAdult || asked.length > 0) && <Outcomes ask={ask} base={base} asked={asked} outcomes={outcomes} />}
        <Given ask={ask} given={given} />
      </>
    ),
  })
}

const OneVoice = (props: { ask: Ask; base: string; voice: Voice; name: string | undefined }) => {
  const { ask, base, voice, name } = props
  const words = ask.w.voice
  const line = { channel: words.channels[voice.channel], day: day(voice.heard_on) }
  const heard = voice.heard_by || name || ask.w.story.somebody
  return (
    <section class="trellis-story" aria-labelledby={voice.id}>
      <h2 class="govuk-heading-m" id={voice.id}>
        {words.stages[voice.stage]}
      </h2>
      <blockquote class="govuk-inset-text trellis-words" dir="auto">
        {voice.words}
      </blockquote>
      <p class="trellis-story__by">
        {voice.entered_by === null ? fill(words.lineThemself, line) : fill(words.line, { ...line, name: heard })}
        {voice.language && `. ${fill(words.language, { language: voice.language })}`}
      </p>
      {voice.wanted && (
        <>
          <h3 class="govuk-heading-s">{words.wanted}</h3>
          <p class="govuk-body trellis-words" dir="auto">
            {voice.wanted}
          </p>
        </>
      )}
      {voice.replies.map(({ did, explained, explained_on }) => (
        <>
          <h3 class="govuk-heading-s">{words.did}</h3>
          <p class="govuk-body trellis-words" dir="auto">
            {did}
          </p>
          <p class="trellis-story__by">
            {explained && explained_on
              ? fill(words.explained, { how: words.explainedHow[explained], day: day(explained_on) })
              : words.unexplained}
          </p>
        </>
      ))}
      <p class="govuk-body">
        <a class="govuk-link" href={ask.href(`${base}/voice/${voice.id}/reply`)}>
          {words.reply} <span class="govuk-visually-hidden">{fill(words.replyOf, { day: day(voice.heard_on) })}</span>
        </a>
      </p>
    </section>
  )
}

const NotHeard = ({ ask, absence }: { ask: Ask; absence: Absence }) => {
  const words = ask.w.voice
  const { stage, reason, why, next_try_on } = absence
  return (
    <section class="trellis-story">
      <h2 class="govuk-heading-s">
        {fill(words.notHeardLine, { stage: words.stages[stage], reason: words.absence.reasons[reason] })}
      </h2>
      <p class="govuk-body trellis-words" dir="auto">
        {why}
      </p>
      <p class="trellis-story__by">{fill(words.nextTry, { day: day(next_try_on) })}</p>
    </section>
  )
}

const Outcomes = (props: { ask: Ask; base: string; asked: readonly Asked[]; outcomes: readonly OwnOutcome[] }) => {
  const { ask, base, asked, outcomes } = props
  const words = ask.w.voice.outcomes
  return (
    <section class="trellis-story" aria-labelledby="outcomes">
      <h2 class="govuk-heading-m" id="outcomes">
        {words.title}
      </h2>
      {asked.length === 0 && <p class="govuk-body">{words.none}</p>}
      {outcomes.map(({ words: said, met }) => (
        <>
          <blockquote class="govuk-inset-text trellis-words" dir="auto">
            {said}
          </blockquote>
          {met.map((one) => (
            <p class="trellis-story__by">
              {fill(words.metLine, { point: words.points[one.point], met: words.mets[one.met] })}
            </p>
          ))}
        </>
      ))}
      <ul class="govuk-list">
        {asked.map((one) => (
          <li class="trellis-story__by">
            {fill(words.askedLine, {
              point: words.points[one.point],
              day: day(one.asked_on),
              asked: words.askedCodes[one.asked],
            })}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={ask.href(`${base}/voice/outcomes`)}>
          {words.link}
        </a>
      </p>
    </section>
  )
}

const Given = ({ ask, given }: { ask: Ask; given: readonly FeedbackGiven[] }) => {
  if (given.length === 0) return null
  const words = ask.w.voice
  return (
    <section class="trellis-story" aria-labelledby="given">
      <h2 class="govuk-heading-m" id="given">
        {words.feedback.title}
      </h2>
      {given.map(({ stage, heard, words: said, said_on }) => (
        <>
          <p class="govuk-body">
            {fill(words.feedback.line, {
              stage: words.stages[stage],
              heard: words.feedback.heard[heard],
              day: day(said_on),
            })}
          </p>
          {said && (
            <p class="govuk-body trellis-words" dir="auto">
              {said}
            </p>
          )}
        </>
      ))}
    </section>
  )
}
