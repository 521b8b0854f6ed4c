import { dayInWords } from '../../partnership/index.ts'
import { hasRole } from '../../platform/index.ts'
import { Details, fill, Form, Link, Tag, type Ask } from '../../web/index.ts'
import type { PartyState, Version } from '../standing.ts'
import { mayReturn } from '../withdraw.ts'
import { pathOf } from './parts.tsx'

/** One agency: its four steps, and whom to ring. */
export const AgencyRow = ({ ask, party, version }: { ask: Ask; party: PartyState; version: Version }) => {
  const words = ask.w.agreements.agency
  const person = (name: string, reach: string): string => [name, reach].filter(Boolean).join(', ') || words.none
  const mayAct = hasRole(ask.viewer, 'administrator') || (version.live_at !== null && isOwn(ask, party))
  return (
    <li class="trellis-row trellis-row--tall">
      <div class="trellis-agreement__agency">
        <strong class="trellis-row__name">{party.agency}</strong>
        <Steps ask={ask} party={party} />
      </div>
      <Details summary={ask.w.agreements.version.change} classes="govuk-!-margin-bottom-0 govuk-!-margin-top-2">
        <dl class="trellis-facts">
          <Fact term={words.role} value={roleName(ask, party)} />
          <Fact term={words.signed} value={party.signatories.map(signed(ask)).join('; ') || words.none} />
          <Fact
            term={words.contact}
            value={
              person(party.contact_name, party.contact_reach) +
              (party.contact_until ? ` (${fill(words.until, { day: dayInWords(party.contact_until) })})` : '')
            }
          />
          <Fact term={words.deputy} value={person(party.deputy_name, party.deputy_reach)} />
          <Fact term={words.ig} value={party.ig_lead || words.none} />
        </dl>
        {mayAct && <Acts ask={ask} party={party} version={version} />}
      </Details>
    </li>
  )
}

const signed =
  ({ w }: Ask) =>
  ({ name, recorder }: PartyState['signatories'][number]): string =>
    recorder ? fill(w.agreements.agency.recorded, { name, by: recorder }) : name

const isOwn = ({ viewer }: Ask, { agency_id }: PartyState): boolean =>
  hasRole(viewer, 'manager', 'guardian') && viewer.agency === agency_id

const roleName = (ask: Ask, { controller_role }: PartyState): string => {
  const names: Record<string, string> = ask.w.agreements.controllerRoles
  return names[controller_role] ?? controller_role
}

const Fact = ({ term, value }: { term: string; value: string }) => (
  <div>
    <dt>{term}</dt>
    <dd>{value}</dd>
  </div>
)

const Acts = ({ ask, party, version }: { ask: Ask; party: PartyState; version: Version }) => {
  const words = ask.w.agreements.version
  const named = <span class="govuk-visually-hidden"> ({party.agency})</span>
  const withdrawal = `/agreements/versions/${version.id}/withdraw/${party.agency_id}`
  return (
    <div class="govuk-body-s trellis-agreement__acts">
      {hasRole(ask.viewer, 'administrator') && (
        <Link href={ask.href(`${pathOf(version)}/parties/${party.agency_id}`)}>
          {words.edit}
          {named}
        </Link>
      )}
      {version.state === 'draft' && (
        <Form ask={ask} action={`${pathOf(version)}/parties/${party.agency_id}/remove`}>
          <button class="trellis-link-button">
            {words.remove}
            {named}
          </button>
        </Form>
      )}
      {party.seats > 0 && version.live_at && (!party.withdrawn || mayReturn(ask.viewer, party.agency_id)) && (
        <Link href={ask.href(withdrawal)}>
          {party.withdrawn ? words.return : words.withdraw}
          {named}
        </Link>
      )}
    </div>
  )
}

const Steps = ({ ask, party }: { ask: Ask; party: PartyState }) => {
  const words = ask.w.agreements.agency
  const { seats, withdrawn, briefed, accounts, first_use } = party
  const signed = withdrawn
    ? words.withdrawn
    : seats === 2
      ? words.signed
      : seats === 1
        ? words.oneSeat
        : words.notSigned
  const step = (text: string, done: boolean, wrong = false) => (
    <li>
      <Tag classes={done ? 'govuk-tag--green' : wrong ? 'govuk-tag--red' : 'govuk-tag--grey'}>{text}</Tag>
    </li>
  )
  return (
    <ul class="trellis-row__tags trellis-agreement__steps">
      {step(signed, seats === 2 && !withdrawn, seats < 2 || withdrawn)}
      {step(briefed ? words.briefed : words.notBriefed, briefed)}
      {step(accounts ? words.accounts : words.noAccounts, accounts)}
      {step(first_use ? fill(words.used, { when: shortDay(ask, first_use) }) : words.never, first_use !== null)}
    </ul>
  )
}

const shortDay = ({ place }: Ask, at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: place.zone }).format(at)
