import { day } from '../../../subjects/index.ts'
import { Details, fill, Table, type Ask, type Handler } from '../../../web/index.ts'
import { answers, groupLabel, levelCodes, statements } from '../codes.ts'
import { fewest, type Told } from '../held-back.ts'
import { agreedIn, gapOf, resultsOf, type Agreed, type Result } from '../results.ts'
import { roundsOf, type Round } from '../round.ts'
import { frontLinePage } from './frame.tsx'
import { gapInWords } from './measured.tsx'

/** How far what is planned is from what is seen, by where people stand, round after round: as bars and as a table. */
export const gapPage: Handler = async (ask) => {
  const results = await resultsOf(ask.tx, ask.place.id)
  const rounds = (await roundsOf(ask.tx, ask.place.id))
    .filter(({ id }) => results.some(({ round_id }) => round_id === id))
    .toReversed()
  const words = ask.w.frontLine.gap
  return frontLinePage({
    ask,
    title: words.title,
    active: 'gap',
    children: (
      <>
        <p class="govuk-body-l">{words.intro}</p>
        {rounds.length === 0 && <p class="govuk-body">{words.none}</p>}
        {rounds.length > 0 && (
          <>
            <Details summary={words.how.summary}>
              <ul class="govuk-list govuk-list--bullet">
                {words.how.points.map((point) => (
                  <li>{point}</li>
                ))}
              </ul>
            </Details>
            <Summary ask={ask} rounds={rounds} results={results} />
            {statements.map((statement) => (
              <Statement ask={ask} {...statement} rounds={rounds} results={results} />
            ))}
          </>
        )}
      </>
    ),
  })
}

type Known = { ask: Ask; rounds: readonly Round[]; results: readonly Result[] }

const Summary = ({ ask, rounds, results }: Known) => {
  const words = ask.w.frontLine.gap
  return (
    <div class="trellis-beside" tabIndex={0} role="region" aria-label={words.summary}>
      <Table
        caption={words.summary}
        captionClasses="govuk-table__caption--s"
        firstCellIsHeader
        head={[{ text: words.statement }, ...rounds.map(({ number }) => ({ text: fill(words.roundHead, { number }) }))]}
        rows={statements.map(({ code, text }) => [
          { text },
          ...rounds.map(({ id }) => ({
            text: gapInWords(ask, gapOf(agreedIn(results, id, code, levelCodes))),
          })),
        ])}
      />
    </div>
  )
}

type StatementProps = Known & { code: string; text: string }

const Statement = ({ ask, code, text, rounds, results }: StatementProps) => {
  const words = ask.w.frontLine.gap
  const known = rounds
    .map((round) => ({ round, agreed: agreedIn(results, round.id, code, levelCodes) }))
    .filter(({ agreed }) => agreed.length > 0)
  if (known.length === 0) return null
  return (
    <section class="trellis-told" aria-labelledby={`statement-${code}`}>
      <h2 class="govuk-heading-m trellis-told__title" id={`statement-${code}`}>
        {text}
      </h2>
      {known.map(({ round, agreed }) => (
        <div class="trellis-gap">
          <h3 class="govuk-heading-s">
            {fill(words.round, { number: round.number, day: day(ask, round.closed_at!) })}
          </h3>
          {agreed.map((one) => (
            <Bar ask={ask} agreed={one} />
          ))}
          <p class="govuk-body">{fill(words.distance, { gap: gapInWords(ask, gapOf(agreed)) })}</p>
        </div>
      ))}
      <Details summary={words.numbers}>
        <Numbers ask={ask} code={code} text={text} known={known} results={results} />
      </Details>
    </section>
  )
}

const shareInWords = (ask: Ask, { least, most }: Told): string => {
  const words = ask.w.frontLine.gap
  if (least === 0 && most === 100) return words.unknown
  const share = least === most ? fill(words.exact, { share: least }) : fill(words.between, { least, most })
  return fill(words.agree, { share })
}

/** As far as it is sure the bar is dark; the pale end is where the true number lies. */
const Bar = ({ ask, agreed }: { ask: Ask; agreed: Agreed }) => {
  const words = ask.w.frontLine.gap
  const share = shareInWords(ask, agreed)
  const group = groupLabel(agreed.levels)
  return (
    <p class="trellis-gap__line govuk-body">
      <span class="trellis-gap__group">{group}</span>
      <svg class="trellis-gap__bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img">
        <title>{fill(words.picture, { group, share })}</title>
        <rect class="trellis-gap__whole" width="100" height="8" />
        <rect class="trellis-gap__most" width={agreed.most} height="8" />
        <rect class="trellis-gap__least" width={agreed.least} height="8" />
      </svg>
      <span>{share}</span>
    </p>
  )
}

type NumbersProps = {
  ask: Ask
  code: string
  text: string
  known: readonly { round: Round; agreed: readonly Agreed[] }[]
  results: readonly Result[]
}

const Numbers = ({ ask, code, text, known, results }: NumbersProps) => {
  const words = ask.w.frontLine.gap
  const cell = (round: Round, levels: string, answer: string): string => {
    const found = results.find(
      (one) => one.round_id === round.id && one.statement === code && one.levels === levels && one.answer === answer,
    )
    if (!found) return words.notShown
    if (found.least === found.most) return String(found.least)
    return found.most < fewest ? words.few : words.notShown
  }
  const caption = fill(words.table, { text })
  return (
    <div class="trellis-beside" tabIndex={0} role="region" aria-label={caption}>
      <Table
        caption={caption}
        captionClasses="govuk-table__caption--s"
        classes="govuk-table--small-text-until-tablet"
        head={[
          { text: words.head.round },
          { text: words.head.group },
          ...answers.map(({ label }) => ({ text: label })),
          { text: words.head.people },
        ]}
        rows={known.flatMap(({ round, agreed }) =>
          agreed.map(({ levels, people }) => [
            { text: String(round.number) },
            { text: groupLabel(levels) },
            ...answers.map((answer) => ({ text: cell(round, levels, answer.code) })),
            { text: String(people) },
          ]),
        )}
      />
    </div>
  )
}
