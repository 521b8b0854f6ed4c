import { localDate } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { day } from '../../../subjects/index.ts'
import { fill, Link, SummaryList, Tag, type Ask, type Handler } from '../../../web/index.ts'
import { labelIn } from '../../codes.ts'
import { answeredOf, type Answered } from '../answered.ts'
import { became, themes } from '../codes.ts'
import { resultsOf, type Result } from '../results.ts'
import { roundsOf, type Round } from '../round.ts'
import { frontLinePage } from './frame.tsx'
import { Gaps, waitedInWords } from './measured.tsx'

/** "You said, we did": every answer of the chair, for all staff. */
export const answersPage: Handler = async (ask) => {
  const { answers, ...known } = await answersKnown(ask)
  const words = ask.w.frontLine.answers
  return frontLinePage({
    ask,
    title: words.title,
    active: 'answers',
    children: (
      <>
        <p class="govuk-body-l">{words.intro}</p>
        {answers.length === 0 && <p class="govuk-body">{words.none}</p>}
        {answers.map((answer) => (
          <section class="trellis-told" aria-labelledby={`answer-${answer.id}`}>
            <h2 class="govuk-heading-m trellis-told__title" id={`answer-${answer.id}`}>
              <Link href={ask.href(`/front-line/answers/${answer.id}`)}>{themesOf(answer)}</Link>
            </h2>
            <OneAnswer ask={ask} answer={answer} {...known} />
          </section>
        ))}
      </>
    ),
  })
}

export const themesOf = (answer: Answered): string =>
  [...new Set(answer.themes.map(({ theme }) => labelIn(themes, theme)))].join(', ')

export type Known = { nameOf: (id: string) => string; rounds: readonly Round[]; results: readonly Result[] }

export const answersKnown = async (ask: Ask): Promise<Known & { answers: Answered[] }> => {
  const answers = await answeredOf(ask.tx, ask.place.id)
  const names = await namesFor(
    ask.tx,
    answers.flatMap(({ answered_by, outcomes }) => [answered_by, ...outcomes.map(({ told_by }) => told_by)]),
  )
  return {
    answers,
    nameOf: (id) => names.get(id)?.name ?? ask.w.plan.somebody,
    rounds: await roundsOf(ask.tx, ask.place.id),
    results: await resultsOf(ask.tx, ask.place.id),
  }
}

export const OneAnswer = ({ ask, answer, nameOf, rounds, results }: Known & { ask: Ask; answer: Answered }) => {
  const words = ask.w.frontLine.answers
  const [latest] = answer.outcomes
  const isLate = answer.by_on < localDate(ask.house.now(), ask.place.zone) && (!latest || latest.became === 'under way')
  const prose = (text: string) => (
    <span class="trellis-words" dir="auto">
      {text}
    </span>
  )
  return (
    <>
      <SummaryList
        rows={[
          { key: words.you, value: prose(answer.said) },
          { key: words.we, value: prose(answer.will) },
          { key: words.owner, value: prose(answer.owner) },
          {
            key: words.by,
            value: (
              <>
                {day(ask, new Date(`${answer.by_on}T12:00:00Z`))}{' '}
                {isLate && <Tag classes="govuk-tag--orange">{words.late}</Tag>}
              </>
            ),
          },
          {
            key: words.became,
            value: answer.outcomes.length ? (
              <>
                {answer.outcomes.map(({ became: code, words: said, told_at, told_by }) => (
                  <p class="govuk-body">
                    <strong>{labelIn(became, code)}</strong>
                    <br />
                    {prose(said)}
                    <br />
                    {fill(words.told, { name: nameOf(told_by), day: day(ask, told_at) })}
                  </p>
                ))}
              </>
            ) : (
              words.nothingYet
            ),
          },
          { key: words.waited, value: waitedInWords(ask, answer) },
          { key: words.gap, value: <Gaps ask={ask} answer={answer} rounds={rounds} results={results} /> },
        ]}
      />
      <p class="govuk-body-s">
        {fill(words.chair, { name: nameOf(answer.answered_by), day: day(ask, answer.answered_at) })}
      </p>
    </>
  )
}
