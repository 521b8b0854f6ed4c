import { Details, Tag, type Ask } from '../../../web/index.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { fill } from '../../../web/index.ts'
import { frames } from '../transition.ts'

/** The law for a child and the law for an adult, side by side. What nobody has confirmed stands apart and says so. */
export const LegalFrames = ({ ask, on, isAdult }: { ask: Ask; on: string; isAdult: boolean }) => {
  const words = ask.w.eighteen.frames
  const day = dayOf(ask, on)
  const unconfirmed = frames.filter(({ gk }) => gk)
  return (
    <Details summary={fill(isAdult ? words.changed : words.changes, { day })}>
      <p class="govuk-body">{words.intro}</p>
      {frames
        .filter(({ gk }) => !gk)
        .map((frame) => (
          <Side ask={ask} frame={frame} day={day} />
        ))}
      {unconfirmed.length > 0 && (
        <>
          <p class="govuk-body">
            <Tag classes="govuk-tag--yellow">{words.toCheckTag}</Tag> {words.toCheck}
          </p>
          {unconfirmed.map((frame) => (
            <Side ask={ask} frame={frame} day={day} />
          ))}
        </>
      )}
    </Details>
  )
}

const Side = ({ ask, frame, day }: { ask: Ask; frame: (typeof frames)[number]; day: string }) => {
  const words = ask.w.eighteen.frames
  return (
    <div class="trellis-frames">
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{frame.topic}</h3>
      <dl class="trellis-frames__sides">
        <div>
          <dt>{fill(words.until, { day })}</dt>
          <dd>{frame.child}</dd>
        </div>
        <div>
          <dt>{fill(words.from, { day })}</dt>
          <dd>{frame.adult}</dd>
        </div>
      </dl>
    </div>
  )
}
