import { dayInWords } from '../../partnership/index.ts'
import { localDate } from '../../platform/index.ts'
import { Details, fill, WarningText, type Ask } from '../../web/index.ts'
import type { PartyState, Version } from '../standing.ts'
import { day_ms, todayAt, when } from './parts.tsx'

/** What a guardian reads first: what is about to lapse, then whom to ring. */
export const Attention = ({ ask, current, members, parties }: AttentionProps) => {
  const words = ask.w.agreements.register
  const now = ask.house.now()
  const lapsing = current
    .filter(({ state }) => state === 'ending')
    .map(({ title, effective_to }) => {
      const days = Math.floor((effective_to!.getTime() - now.getTime()) / day_ms)
      return fill(days > 0 ? words.lapses : words.lapsesOne, { agreement: title, days, when: when(ask, effective_to!) })
    })
  const told = Map.groupBy(
    members.flatMap((party) => concernsOf(ask, party, parties)),
    ({ kind }) => kind,
  )
  return (
    <>
      <h2 class="govuk-heading-m">{words.attention}</h2>
      {lapsing.length === 0 && told.size === 0 && <p class="govuk-body">{words.nothing}</p>}
      {lapsing.map((text) => (
        <WarningText>{text}</WarningText>
      ))}
      {kinds.map((kind) => (
        <Told ask={ask} kind={kind} concerns={told.get(kind) ?? []} />
      ))}
    </>
  )
}
type AttentionProps = {
  ask: Ask
  current: readonly Version[]
  members: readonly PartyState[]
  parties: readonly PartyState[]
}

type Kind = keyof Ask['w']['agreements']['attention']
/** What a guardian would ring an agency about, the weightiest first. */
const kinds: readonly Kind[] = [
  'withdrew',
  'unsigned',
  'notBriefed',
  'neverUsed',
  'contactEnded',
  'contactEnds',
  'noDeputy',
  'noIgLead',
]
type Concern = { kind: Kind; agency: string; when?: string }

/** One agency is named at once; several are counted, and named when somebody asks. */
const Told = ({ ask, kind, concerns }: { ask: Ask; kind: Kind; concerns: readonly Concern[] }) => {
  const words = ask.w.agreements.attention[kind]
  const said = concerns.map(({ agency, when: date }) => fill(words.one, { agency, when: date ?? '' }))
  if (said.length === 0) return null
  if (said.length === 1) return <p class="govuk-body">{said[0]}</p>
  return (
    <Details summary={fill(words.many, { count: said.length })} classes="govuk-!-margin-bottom-3">
      <ul class="govuk-list govuk-list--bullet">
        {said.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </Details>
  )
}

const concernsOf = (ask: Ask, party: PartyState, parties: readonly PartyState[]): Concern[] => {
  const { agency, contact_until: until } = party
  const own = parties.filter(({ agency_id }) => agency_id === party.agency_id)
  const today = todayAt(ask)
  const soon = localDate(new Date(ask.house.now().getTime() + 30 * day_ms), ask.place.zone)
  const one = (kind: Kind): Concern => ({ kind, agency, ...(until && { when: dayInWords(until) }) })
  if (party.withdrawn) return [one('withdrew')]
  if (party.seats < 2) return [one('unsigned')]
  const unbriefed = own.every(({ briefed }) => !briefed)
  return [
    unbriefed && one('notBriefed'),
    // Whoever has not been briefed yet cannot be expected to use it.
    !unbriefed && own.every(({ first_use }) => !first_use) && one('neverUsed'),
    until !== null && until < today && one('contactEnded'),
    until !== null && until >= today && until <= soon && one('contactEnds'),
    party.contact_name !== '' && party.deputy_name === '' && one('noDeputy'),
    party.ig_lead === '' && one('noIgLead'),
  ].filter((concern) => concern !== false)
}
