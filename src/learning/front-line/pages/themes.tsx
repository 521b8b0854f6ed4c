import { hasRole } from '../../../platform/index.ts'
import { day } from '../../../subjects/index.ts'
import { Button, fill, Form, Link, Tag, type Ask, type Handler } from '../../../web/index.ts'
import { answeredOf, weeksWaited } from '../answered.ts'
import { labelIn } from '../../codes.ts'
import { themes } from '../codes.ts'
import { roundsOf, type Round } from '../round.ts'
import { shownThemes, type Shown } from '../voices.ts'
import { frontLinePage } from './frame.tsx'

/** Rounds, and in each the themes that may be read. Learning leads see how many spoke, the chair opens what they said. */
export const themesPage: Handler = async (ask) => {
  const rounds = await roundsOf(ask.tx, ask.place.id)
  const shown = await shownThemes(ask.tx, ask.place.id)
  const answered = (await answeredOf(ask.tx, ask.place.id)).flatMap((answer) => answer.themes)
  const isAnswered = ({ round_id, theme }: Shown): boolean =>
    answered.some((one) => one.round_id === round_id && one.theme === theme)
  const words = ask.w.frontLine.themes
  const isChair = hasRole(ask.viewer, 'chair')
  return frontLinePage({
    ask,
    title: words.title,
    active: 'themes',
    children: (
      <>
        <p class="govuk-body-l">{words.intro}</p>
        {isChair && shown.length > 0 && (
          <p class="govuk-body">
            <Link href={ask.href('/front-line/answers/new')}>{words.answer}</Link>
          </p>
        )}
        {rounds.length === 0 && <p class="govuk-body">{words.rounds}</p>}
        {isChair && rounds.every(({ closed_at }) => closed_at) && (
          <Form ask={ask} action="/front-line/rounds">
            <p class="govuk-body">{words.startText}</p>
            <Button preventDoubleClick>{words.start}</Button>
          </Form>
        )}
        {rounds.map((round) => (
          <OneRound
            ask={ask}
            round={round}
            shown={shown.filter(({ round_id }) => round_id === round.id)}
            isAnswered={isAnswered}
          />
        ))}
      </>
    ),
  })
}

type OneRoundProps = {
  ask: Ask
  round: Round
  shown: readonly Shown[]
  isAnswered: (shown: Shown) => boolean
}

const OneRound = ({ ask, round, shown, isAnswered }: OneRoundProps) => {
  const words = ask.w.frontLine.themes
  const isChair = hasRole(ask.viewer, 'chair')
  const from = day(ask, round.opened_at)
  return (
    <section class="trellis-told" aria-labelledby={`round-${round.number}`}>
      <h2 class="govuk-heading-m trellis-told__title" id={`round-${round.number}`}>
        {fill(words.round, { number: round.number })}
      </h2>
      <p class="govuk-body">
        {round.closed_at
          ? fill(words.closed, { from, until: day(ask, round.closed_at) })
          : fill(words.open, { day: from })}
        {isChair && !round.closed_at && (
          <>
            {'. '}
            <Link href={ask.href(`/front-line/rounds/${round.id}/close`)}>{words.stop}</Link>
          </>
        )}
      </p>
      {shown.length === 0 && <p class="govuk-body">{round.closed_at ? words.never : words.none}</p>}
      {shown.length > 0 && (
        <ul class="trellis-rows">
          {shown.map((one) => (
            <li class="trellis-row">
              <div>
                {isChair ? (
                  <Link href={ask.href(`/front-line/rounds/${round.id}/${one.theme}`)}>
                    {labelIn(themes, one.theme)}
                  </Link>
                ) : (
                  labelIn(themes, one.theme)
                )}
                <span class="trellis-row__more">{fill(words.count, { count: one.voices })}</span>
              </div>
              <div class="trellis-row__tags">
                {isAnswered(one) ? (
                  <Tag classes="govuk-tag--green">{words.answered}</Tag>
                ) : (
                  <Tag classes="govuk-tag--orange">{waiting(ask, one)}</Tag>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const waiting = (ask: Ask, { week }: Shown): string => {
  const words = ask.w.frontLine.themes
  const weeks = weeksWaited(week, ask.house.now())
  return weeks === 0 ? words.new : weeks === 1 ? words.waits.one : fill(words.waits.many, { count: weeks })
}
