import { dayInWords } from '../../partnership/index.ts'
import { hasRole } from '../../platform/index.ts'
import {
  BackLink,
  Button,
  Details,
  fill,
  Form,
  Link,
  redirect,
  SummaryList,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../web/index.ts'
import { labelOf, rowOf, type List } from '../codes.ts'
import { clausesOf, draftVersion, type WrittenClause } from '../draft.ts'
import { clauseInWords, type Naming } from '../plain.ts'
import { maySign, recall } from '../sign.ts'
import { historyOf, partiesOf, type Happened, type PartyState, type Version } from '../standing.ts'
import { standAgain } from '../standing-terms.ts'
import { AgencyRow } from './agency-row.tsx'
import { agreementsPage, findVersion, mayKeep, namingFor, pathOf, StateTag, when } from './parts.tsx'

/** One version of an agreement: what is agreed in plain words, who has signed it, what happened to it. */
export const versionPage: Handler = async (ask) => {
  const { version, versions } = await findVersion(ask)
  const naming = { ...(await namingFor(ask)), unsigned: version.tier === 0 }
  const clauses = await clausesOf(ask.tx, ask.place.id, version.id)
  const parties = await partiesOf(ask.tx, ask.place.id, [version.id])
  const history = hasRole(ask.viewer, 'administrator', 'guardian')
    ? await historyOf(ask.tx, ask.place.id, version.agreement_id)
    : []
  const words = ask.w.agreements
  return agreementsPage(
    ask,
    version.title,
    <>
      <BackLink href={ask.href('/agreements')}>{words.back}</BackLink>
      <Title caption={`${version.code}, ${fill(words.version.number, { number: version.number }).toLowerCase()}`}>
        {version.title}
      </Title>
      <p class="govuk-body">
        <StateTag ask={ask} state={version.state} />
      </p>
      <Facts ask={ask} version={version} />
      <Actions ask={ask} version={version} parties={parties} />
      <h2 class="govuk-heading-m">{words.version.clauses}</h2>
      {clauses.map((clause) => (
        <Clause ask={ask} version={version} clause={clause} naming={naming} />
      ))}
      {isDraft(version) && mayKeep(ask) && (
        <Button href={ask.href(`${pathOf(version)}/clauses/new`)} classes="govuk-button--secondary">
          {words.version.addClause}
        </Button>
      )}
      <h2 class="govuk-heading-m">{words.version.parties}</h2>
      {parties.length === 0 && (
        <p class="govuk-body">{version.tier === 0 ? words.version.nobodySigns : words.version.nobody}</p>
      )}
      <ul class="trellis-rows">
        {parties.map((party) => (
          <AgencyRow ask={ask} party={party} version={version} />
        ))}
      </ul>
      {mayKeep(ask) && version.tier > 0 && version.state !== 'lapsed' && version.state !== 'replaced' && (
        <Button href={ask.href(`${pathOf(version)}/join`)} classes="govuk-button--secondary">
          {words.version.join}
        </Button>
      )}
      <Versions ask={ask} version={version} versions={versions} />
      {history.length > 0 && <History ask={ask} history={history} />}
    </>,
  )
}

const isDraft = ({ state }: Version): boolean => state === 'draft'

const Facts = ({ ask, version }: { ask: Ask; version: Version }) => {
  const words = ask.w.agreements.version
  return (
    <SummaryList
      rows={[
        Boolean(version.summary) && { key: words.summary, value: version.summary },
        {
          key: words.effective,
          value: version.effective_from ? when(ask, version.effective_from) : words.notYet,
        },
        version.live_at !== null && {
          key: words.to,
          value: version.effective_to ? when(ask, version.effective_to) : words.noEnd,
        },
        version.review_on !== null && { key: words.review, value: dayInWords(version.review_on) },
      ]}
    />
  )
}

const Actions = ({ ask, version, parties }: { ask: Ask; version: Version; parties: readonly PartyState[] }) => {
  const words = ask.w.agreements.version
  const at = (path: string): string => ask.href(`${pathOf(version)}/${path}`)
  const { state } = version
  const own = parties.find(({ agency_id }) => ask.viewer.kind === 'staff' && agency_id === ask.viewer.agency)
  const signable = version.tier > 0 && version.offered_at !== null && !['lapsed', 'replaced'].includes(state)
  const signs = signable && (mayKeep(ask) || (maySign(ask.viewer) && own !== undefined && own.seats < 2))
  const inForce = state === 'in force' || state === 'ending'
  return (
    <div class="govuk-button-group">
      {mayKeep(ask) && state === 'draft' && <Button href={at('difference')}>{words.difference}</Button>}
      {signs && (
        <Button href={at('sign')} classes={state === 'offered' ? '' : 'govuk-button--secondary'}>
          {words.sign}
        </Button>
      )}
      {mayKeep(ask) && state === 'offered' && (
        <>
          <Button href={at('live')} classes="govuk-button--secondary">
            {words.live}
          </Button>
          <Link href={at('difference')}>{words.difference}</Link>
          <Form ask={ask} action={`${pathOf(version)}/recall`}>
            <button class="trellis-link-button">{words.recall}</button>
          </Form>
        </>
      )}
      {mayKeep(ask) && version.tier === 0 && state === 'lapsed' && (
        <Form ask={ask} action={`${pathOf(version)}/again`}>
          <Button preventDoubleClick>{words.again}</Button>
        </Form>
      )}
      {mayKeep(ask) && version.tier > 0 && (inForce || state === 'lapsed') && (
        <Form ask={ask} action={`${pathOf(version)}/draft`}>
          <Button classes="govuk-button--secondary">{words.draft}</Button>
        </Form>
      )}
      {mayKeep(ask) && inForce && <Link href={at('lapse')}>{words.lapse}</Link>}
    </div>
  )
}

const effectColours = { permit: 'govuk-tag--green', duty: 'govuk-tag--blue', bar: 'govuk-tag--red' }

type ClauseProps = { ask: Ask; version: Version; clause: WrittenClause; naming: Naming }
const Clause = ({ ask, version, clause, naming }: ClauseProps) => {
  const words = ask.w.agreements
  return (
    <section class="trellis-clause" id={`clause-${String(clause.number)}`}>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">
        {clause.number}. {clause.title}
      </h3>
      <p class="govuk-body govuk-!-margin-bottom-1">
        <Tag classes={effectColours[clause.effect]}>{words.effects[clause.effect]}</Tag>
      </p>
      {clause.plain && <p class="govuk-body govuk-!-margin-bottom-1">{clause.plain}</p>}
      <p class="govuk-body-s govuk-!-margin-bottom-1 trellis-clause__words">{clauseInWords(clause, naming)}</p>
      <Rests clause={clause} naming={naming} />
      {isDraft(version) && mayKeep(ask) && (
        <p class="govuk-body">
          <Link href={ask.href(`${pathOf(version)}/clauses/${clause.clause}`)}>
            {words.version.edit}
            <span class="govuk-visually-hidden"> {clause.title}</span>
          </Link>
        </p>
      )}
    </section>
  )
}

/** The law under a clause, with what nobody answerable has confirmed yet. */
const Rests = ({ clause, naming }: { clause: WrittenClause; naming: Naming }) => {
  const words = naming.words.version
  const lists: [string, List, string[]][] = [
    [words.bases, 'basis', clause.bases],
    [words.conditions, 'condition', clause.conditions],
    [words.gateways, 'gateway', clause.gateways],
    [words.obligations, 'obligation', clause.obligations],
  ]
  const filled = lists.filter(([, , codes]) => codes.length > 0)
  if (filled.length === 0) return null
  return (
    <Details summary={words.rests} classes="govuk-!-margin-bottom-2">
      {filled.map(([title, list, codes]) => (
        <>
          <h4 class="govuk-heading-s govuk-!-margin-bottom-1">{title}</h4>
          <ul class="govuk-list govuk-list--bullet">
            {codes.map((code) => (
              <li>
                {labelOf(naming.codes, list, code)}
                {rowOf(naming.codes, list, code)?.checked === false && (
                  <span class="trellis-row__more">{naming.words.unchecked}</span>
                )}
              </li>
            ))}
          </ul>
        </>
      ))}
    </Details>
  )
}

const Versions = ({ ask, version, versions }: { ask: Ask; version: Version; versions: readonly Version[] }) => {
  const words = ask.w.agreements.version
  if (versions.length < 2) return null
  return (
    <>
      <h2 class="govuk-heading-m">{words.versions}</h2>
      <ul class="trellis-rows">
        {versions.map((one) => (
          <li class="trellis-row">
            {one.id === version.id ? (
              <strong>{fill(words.number, { number: one.number })}</strong>
            ) : (
              <Link href={ask.href(pathOf(one))}>{fill(words.number, { number: one.number })}</Link>
            )}
            <StateTag ask={ask} state={one.state} />
          </li>
        ))}
      </ul>
    </>
  )
}

const History = ({ ask, history }: { ask: Ask; history: readonly Happened[] }) => {
  const words = ask.w.agreements
  const kinds: Record<string, string> = words.history
  const steps: Record<string, string> = words.steps
  return (
    <>
      <h2 class="govuk-heading-m">{words.version.history}</h2>
      <ul class="trellis-rows">
        {history.flatMap(({ kind, at, detail, agency }) => {
          const sentence = kinds[kind]
          if (sentence === undefined) return []
          const { step: _, ...values } = detail
          const step = steps[String(detail['step'])] ?? ''
          return [
            <li class="trellis-row">
              <span>{fill(sentence, { ...values, agency: agency ?? '', step })}</span>
              <span class="trellis-row__more">{when(ask, at)}</span>
            </li>,
          ]
        })}
      </ul>
    </>
  )
}

/** What the law asks anyway counts again, after somebody ended it. */
export const sendAgain: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  const outcome = await standAgain(ask.tx, ask.viewer, version.agreement_id, ask.house.now())
  return redirect(`${pathOf(version)}?${outcome === 'stands' ? 'done=live' : 'not=already'}`)
}

export const sendDraft: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  const draft = await draftVersion(ask.tx, ask.viewer, version.agreement_id, ask.house.now())
  return redirect(`/agreements/versions/${draft}`)
}

export const sendRecall: Handler = async (ask) => {
  const { version } = await findVersion(ask)
  const outcome = await recall(ask.tx, ask.viewer, version.id)
  return redirect(`${pathOf(version)}?${outcome === 'recalled' ? 'done=recalled' : 'not=already'}`)
}
