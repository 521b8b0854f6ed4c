import { dayInWords } from '../../partnership/index.ts'
import { BackLink, Button, fill, Link, Tag, Title, type Ask, type Handler } from '../../web/index.ts'
import { codesOf, type Code } from '../codes.ts'
import { lists } from '../file.ts'
import { agreementsPage, mayKeep } from './parts.tsx'
import { pathOfCode } from './keep-code.tsx'

/** The lists that clauses speak in, with their dates, and what somebody has still to check. */
export const codesPage: Handler = async (ask) => {
  const words = ask.w.agreements
  const codes = await codesOf(ask.tx, ask.place.id)
  return agreementsPage(
    ask,
    words.codes.title,
    <>
      <BackLink href={ask.href('/agreements')}>{words.back}</BackLink>
      <Title>{words.codes.title}</Title>
      <p class="govuk-body">{words.codes.intro}</p>
      {mayKeep(ask) && (
        <Button href={ask.href('/agreements/codes/new')} classes="govuk-button--secondary">
          {words.codes.add}
        </Button>
      )}
      {lists.map((list) => (
        <>
          <h2 class="govuk-heading-m">{words.codes.names[list]}</h2>
          <ul class="trellis-rows">
            {codes
              .filter((code) => code.list === list)
              .map((code) => (
                <Row ask={ask} code={code} last={codes.findLast((one) => isSame(one, code)) === code} />
              ))}
          </ul>
        </>
      ))}
    </>,
  )
}

const since = '1900-01-01'

const isSame = (a: Code, b: Code): boolean => a.list === b.list && a.code === b.code

const Row = ({ ask, code, last }: { ask: Ask; code: Code; last: boolean }) => {
  const words = ask.w.agreements
  const dates = [
    code.valid_from > since && fill(words.codes.from, { day: dayInWords(code.valid_from) }),
    code.valid_to && fill(words.codes.ended, { day: dayInWords(code.valid_to) }),
  ].filter(Boolean)
  return (
    <li class="trellis-row">
      <div>
        <strong>{code.list === 'class' ? `${code.code} ${code.label}` : code.label}</strong>
        {dates.length > 0 && ` (${dates.join(', ')})`}
        {code.note && <span class="trellis-row__more">{code.note}</span>}
        {last && mayKeep(ask) && (
          <span class="trellis-row__more">
            <Link href={ask.href(pathOfCode(code))}>
              {words.codes.change}
              <span class="govuk-visually-hidden"> {code.label}</span>
            </Link>
          </span>
        )}
      </div>
      {!code.checked && (
        <Tag classes="govuk-tag--yellow">
          {words.uncheckedTag}
          <span class="govuk-visually-hidden"> {words.unchecked}</span>
        </Tag>
      )}
    </li>
  )
}
