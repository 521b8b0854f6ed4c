import { NotFound } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  fill,
  Form,
  InsetText,
  redirect,
  Title,
  type Answer,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { labelOf } from '../codes.ts'
import { difference, type Counted, type Difference, type DifferenceLine } from '../difference.ts'
import { groundsInWords, kindName, listInWords, type Naming } from '../plain.ts'
import { problemText } from '../problem-words.ts'
import { offer } from '../sign.ts'
import type { Version } from '../standing.ts'
import { agencyNamesFor, agreementsPage, findVersion, momentAt, namingFor, pathOf } from './parts.tsx'

/** What would be different for whom, before anybody signs. */
export const differencePage: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  if (version.state !== 'draft' && version.state !== 'offered') throw new NotFound()
  return view(ask, version, [])
}

export const sendOffer: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  const words = ask.w.agreements.difference
  const outcome = await offer(ask.tx, ask.viewer, version.id, momentAt(ask))
  if (outcome === 'offered') return redirect(`${pathOf(version)}?done=offered`)
  if (outcome === 'already') return redirect(`${pathOf(version)}?not=already`)
  if (outcome === 'no clause') return view(ask, version, [words.noClause])
  if (outcome === 'no party') return view(ask, version, [words.noParty])
  const said = outcome.problems.map(({ number, problem }) =>
    fill(words.problem, { number, text: problemText(ask.w.agreements, problem) }),
  )
  return view(ask, version, said)
}

const view = async (ask: Ask, version: Version, problems: readonly string[]): Promise<Answer> => {
  const words = ask.w.agreements.difference
  const told = await difference(ask.tx, ask.viewer, version.id, ask.house.now())
  const naming = await namingFor(ask)
  const names = await agencyNamesFor(ask)
  const lines = (gained: boolean) => told.lines.filter((line) => line.gained === gained)
  return agreementsPage(
    ask,
    words.title,
    <>
      <BackLink href={ask.href(pathOf(version))}>{version.title}</BackLink>
      {problems.length > 0 && (
        <div class="govuk-error-summary" role="alert" tabIndex={-1}>
          <h2 class="govuk-error-summary__title">{words.problems}</h2>
          <ul class="govuk-list govuk-error-summary__list">
            {problems.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </div>
      )}
      <Title caption={version.title}>{words.title}</Title>
      <p class="govuk-body">{words.intro}</p>
      <Summary ask={ask} told={told} />
      <Lines title={words.gained} lines={lines(true)} naming={naming} names={names} ask={ask} />
      <Lines title={words.lost} lines={lines(false)} naming={naming} names={names} ask={ask} />
      {version.state === 'draft' && (
        <Form ask={ask} action={`${pathOf(version)}/offer`}>
          <p class="govuk-body">{words.offerText}</p>
          <Button preventDoubleClick>{words.offer}</Button>
        </Form>
      )}
    </>,
    { status: problems.length ? 422 : 200 },
  )
}

const Summary = ({ ask, told }: { ask: Ask; told: Difference }) => {
  const words = ask.w.agreements.difference
  if (told.nothingAbove) return <InsetText>{words.nothingAbove}</InsetText>
  if (told.lines.length === 0) return <InsetText>{words.none}</InsetText>
  return (
    <>
      <div class="govuk-inset-text">
        {told.more.roles > 0 && <p class="govuk-body-l">{sentence(ask, told.more, true)}</p>}
        {told.less.roles > 0 && <p class="govuk-body-l">{sentence(ask, told.less, false)}</p>}
      </div>
      <p class="govuk-body">{words.explained}</p>
    </>
  )
}

/** '2 roles would see 1 more class, in 14 cases.' */
const sentence = (ask: Ask, { roles, classes, cases }: Counted, more: boolean): string => {
  const words = ask.w.agreements.difference
  return fill(more ? words.moreSentence : words.lessSentence, {
    roles: counted(words.role, roles),
    classes: counted(more ? words.moreClass : words.class, classes),
    cases: counted(words.case, cases),
  })
}
const counted = (words: { one: string; many: string }, count: number): string =>
  count === 1 ? words.one : fill(words.many, { count })

type LinesProps = {
  ask: Ask
  title: string
  lines: readonly DifferenceLine[]
  naming: Naming
  names: ReadonlyMap<string, string>
}
const Lines = ({ ask, title, lines, naming, names }: LinesProps) => {
  const words = ask.w.agreements.difference
  if (lines.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="trellis-rows">
        {lines.map(({ kind, need, purpose, dataClass, grounds, suppliers, cases }) => (
          <li class="trellis-row">
            <div>
              <strong>
                {kindName(kind)}, {words.near[`${need as 0 | 1 | 2 | 3}`]}
              </strong>
              <br />
              {dataClass} {labelOf(naming.codes, 'class', dataClass)}
              <span class="trellis-row__more">
                {fill(words.for, { purpose: labelOf(naming.codes, 'purpose', purpose) })}
                <br />
                {grounds.length > 0 && (
                  <>
                    {fill(words.grounds, { grounds: groundsInWords(grounds, naming) })}
                    <br />
                  </>
                )}
                {fill(words.from, {
                  suppliers: listInWords(
                    suppliers.map((id) => names.get(id) ?? ''),
                    naming,
                  ),
                })}
              </span>
            </div>
            <span>{counted(words.case, cases)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
