import { dayInWords } from '../../partnership/index.ts'
import { hasRole } from '../../platform/index.ts'
import { Button, fill, Link, Title, type Ask, type Handler } from '../../web/index.ts'
import { currentOf, partiesOf, refusalsByClause, versionsOf, type PartyState, type Version } from '../standing.ts'
import { AgencyRow } from './agency-row.tsx'
import { Attention } from './attention.tsx'
import { agreementsPage, day_ms, mayKeep, pathOf, StateTag, when } from './parts.tsx'

/** The register as a Caldicott Guardian reads it: what needs attention, what is agreed, how far each agency has come. */
export const registerPage: Handler = async (ask) => {
  const versions = await versionsOf(ask.tx, ask.place.id, ask.house.now())
  const agreements = [...Map.groupBy(versions, ({ agreement_id }) => agreement_id).values()]
  const current = agreements.map(currentOf)
  const parties = await partiesOf(
    ask.tx,
    ask.place.id,
    current.map(({ id }) => id),
  )
  const words = ask.w.agreements
  const overarching = current.find(({ tier }) => tier === 1)
  const members = overarching ? parties.filter(({ version_id }) => version_id === overarching.id) : []
  const answersForIt = hasRole(ask.viewer, 'administrator', 'guardian')
  const since = new Date(ask.house.now().getTime() - 30 * day_ms)
  const refusals = answersForIt && (await refusalsByClause(ask.tx, ask.place.id, since))
  return agreementsPage(
    ask,
    words.title,
    <>
      <Title>{words.title}</Title>
      <p class="govuk-body">{words.register.intro}</p>
      {answersForIt && <Attention ask={ask} current={current} members={members} parties={parties} />}
      <h2 class="govuk-heading-m govuk-!-margin-top-6">{words.register.agreementsTitle}</h2>
      {agreements.map((its) => (
        <Agreement ask={ask} versions={its} parties={parties} />
      ))}
      <p class="govuk-body">
        <Link href={ask.href('/agreements/codes')}>{words.register.codes}</Link>
        {mayKeep(ask) && (
          <>
            <br />
            <Link href={ask.href('/blind/agencies')}>{ask.w.blind.agencies.title}</Link>
          </>
        )}
      </p>
      {mayKeep(ask) && (
        <Button href={ask.href('/agreements/new')} classes="govuk-button--secondary">
          {words.register.start}
        </Button>
      )}
      {overarching && <Agencies ask={ask} members={members} version={overarching} />}
      {refusals && <Refusals ask={ask} found={refusals} />}
    </>,
    { wide: true },
  )
}

const Agreement = ({
  ask,
  versions,
  parties,
}: {
  ask: Ask
  versions: readonly Version[]
  parties: readonly PartyState[]
}) => {
  const words = ask.w.agreements.register
  const current = currentOf(versions)
  const its = parties.filter(({ version_id }) => version_id === current.id)
  const signed = its.filter(({ seats, withdrawn }) => seats === 2 && !withdrawn)
  const next = versions.find((one) => one.id !== current.id && ['draft', 'offered', 'scheduled'].includes(one.state))
  return (
    <div class="trellis-agreement">
      <div>
        <h3 class="govuk-heading-s govuk-!-margin-bottom-1">
          <Link href={ask.href(pathOf(current))}>{current.title}</Link>
        </h3>
        <span class="trellis-row__more">
          {current.code}. {tierInWords(ask, current)}.{' '}
          {current.clauses === 1 ? words.oneClause : fill(words.clauses, { count: current.clauses })}.{' '}
          {current.tier === 0
            ? words.nobodySigns
            : `${fill(words.signedCount, { signed: signed.length, parties: its.length })}, ${fill(words.usedCount, { used: its.filter(({ first_use }) => first_use).length })}.`}{' '}
          {current.effective_to
            ? fill(words.until, { when: when(ask, current.effective_to) })
            : current.live_at && words.open}
          {current.effective_to || current.live_at ? '. ' : ''}
          {current.review_on && `${fill(words.review, { day: dayInWords(current.review_on) })}.`}
        </span>
        {next && (
          <p class="govuk-body-s govuk-!-margin-top-1 govuk-!-margin-bottom-0">
            <Link href={ask.href(pathOf(next))}>{nextInWords(ask, next)}</Link>
          </p>
        )}
      </div>
      <StateTag ask={ask} state={current.state} />
    </div>
  )
}

const tierInWords = (ask: Ask, { tier }: Version): string => {
  const words = ask.w.agreements.register
  return [words.tier0, words.tier1, words.tier2][tier] ?? ''
}

const nextInWords = (ask: Ask, { state, number, effective_from }: Version): string => {
  const words = ask.w.agreements.register
  if (state === 'scheduled') return fill(words.laterVersion, { number, when: when(ask, effective_from!) })
  return fill(state === 'offered' ? words.offeredVersion : words.openVersion, { number })
}

const Agencies = ({ ask, members, version }: { ask: Ask; members: readonly PartyState[]; version: Version }) => {
  const words = ask.w.agreements
  return (
    <>
      <h2 class="govuk-heading-m">{words.register.agenciesTitle}</h2>
      <p class="govuk-body">{words.register.agenciesText}</p>
      <ul class="trellis-rows">
        {members.map((party) => (
          <AgencyRow ask={ask} party={party} version={version} />
        ))}
      </ul>
    </>
  )
}

const Refusals = ({ ask, found }: { ask: Ask; found: Awaited<ReturnType<typeof refusalsByClause>> }) => {
  const words = ask.w.agreements.register
  const reasons: Record<string, string> = words.reasons
  return (
    <>
      <h2 class="govuk-heading-m">{words.refusalsTitle}</h2>
      <p class="govuk-body">{found.length ? words.refusalsText : words.refusalsNone}</p>
      <ul class="trellis-rows">
        {found.map(({ cite, title, reason, times }) => (
          <li class="trellis-row">
            <span>
              {cite ? `${cite}: ${title ?? ''}` : reasons[reason]}
              {cite && <span class="trellis-row__more">{reasons[reason]}</span>}
            </span>
            <span>{times === 1 ? words.refusalsOne : fill(words.refusalsMany, { count: times })}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
