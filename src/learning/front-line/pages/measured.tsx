import { fill, type Ask } from '../../../web/index.ts'
import { weeksWaited, type Answered } from '../answered.ts'
import { levelCodes, statementOf, textOf } from '../codes.ts'
import type { Told } from '../held-back.ts'
import { agreedIn, gapOf, type Result } from '../results.ts'
import type { Round } from '../round.ts'

/** A distance in words: '12 points', 'between 4 and 20 points'. Above nought the top agrees more than the front line. */
export const gapInWords = (ask: Ask, gap: Told | undefined): string => {
  const words = ask.w.frontLine.gap
  if (!gap) return words.oneGroup
  // With a minus sign as it is printed, which a line is not broken after.
  const [least, most] = [gap.least, gap.most].map((n) => String(n).replace('-', '\u2212')) as [string, string]
  if (gap.least === gap.most) return fill(words.points, { count: least })
  // Nothing is told where the one could be anything against the other.
  if (gap.most - gap.least >= 100) return words.hidden
  return fill(words.pointsBetween, { least, most })
}

export const waitedInWords = (ask: Ask, { themes, answered_at }: Answered): string => {
  const { waits } = ask.w.frontLine.answers
  const weeks = Math.max(...themes.map(({ week }) => weeksWaited(week, answered_at)))
  return weeks === 0 ? waits.zero : weeks === 1 ? waits.one : fill(waits.many, { count: weeks })
}

/** Of each statement that says how an answered theme is felt: how far apart it was then, and in the round after the answer. */
export const Gaps = (props: { ask: Ask; answer: Answered; rounds: readonly Round[]; results: readonly Result[] }) => {
  const { ask, answer, rounds, results } = props
  const words = ask.w.frontLine.answers
  const statements = [...new Set(answer.themes.flatMap(({ theme }) => statementOf(theme) ?? []))]
  const asked = rounds.filter(({ id }) => answer.themes.some(({ round_id }) => round_id === id))
  const then = asked.reduce((latest, one) => (one.number > latest.number ? one : latest), asked[0]!)
  // A round in which people knew of the answer: opened after it was given.
  const next = rounds
    .filter(({ opened_at, closed_at }) => closed_at && opened_at > answer.answered_at)
    .sort((a, b) => a.number - b.number)[0]
  const told = (sentence: string, round: Round, statement: string): string =>
    fill(sentence, {
      number: round.number,
      gap: gapInWords(ask, gapOf(agreedIn(results, round.id, statement, levelCodes))),
    })
  const isTold = (round: Round, statement: string): boolean =>
    results.some((one) => one.round_id === round.id && one.statement === statement)
  return (
    <>
      {statements.map((statement) => (
        <p class="govuk-body">
          {fill(words.about, { text: textOf(statement) })}
          <br />
          {isTold(then, statement) && (
            <>
              {told(words.then, then, statement)}
              <br />
            </>
          )}
          {next && isTold(next, statement) ? told(words.next, next, statement) : words.nextNot}
        </p>
      ))}
    </>
  )
}
