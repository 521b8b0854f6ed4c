import {
  BackLink,
  Button,
  fill,
  Link,
  SummaryList,
  Tag,
  Title,
  type Ask,
  type Handler,
  type SummaryRow,
} from '../../../web/index.ts'
import type { Sector } from '../../agency.ts'
import { showAgency, type ShownAgency } from '../../directory.ts'
import { kindInWords } from '../partners.tsx'
import { mayKeep, section, todayAt } from '../section.tsx'
import { endInWords, Links, listed, startInWords } from '../validity.tsx'

export const partnerPage: Handler = async (ask) => {
  const agency = await showAgency(ask.tx, ask.place.id, ask.params['agency'] ?? '', todayAt(ask))
  return section(ask, '/partners', agency.name, <Agency ask={ask} agency={agency} />)
}

const Agency = ({ ask, agency }: { ask: Ask; agency: ShownAgency }) => {
  const words = ask.w.partnership.partner
  return (
    <>
      <BackLink href={ask.href('/partners')}>{words.back}</BackLink>
      <Title caption={kindInWords(agency.kind)}>{agency.name}</Title>
      {agency.invented && (
        <p class="govuk-body">
          <Tag classes="govuk-tag--grey">{ask.w.partnership.invented}</Tag> {words.inventedText}
        </p>
      )}
      <Standing ask={ask} agency={agency} />
      <SummaryList rows={rows(ask, agency)} />
      {mayKeep(ask) && (
        <div class="govuk-button-group">
          <Button href={ask.href(`/partners/${agency.id}/edit`)}>{words.change}</Button>
          <Button href={ask.href(`/partners/${agency.id}/end`)} classes="govuk-button--secondary">
            {words.end}
          </Button>
          <Link href={ask.href(`/partners/${agency.id}/identifiers`)}>{words.identifiersChange}</Link>
          <Link href={ask.href(`/partners/${agency.id}/access`)}>{words.access}</Link>
        </div>
      )}
    </>
  )
}

/** Where it comes from and whether it stays: the first thing to know of an agency whose county is being remade. */
const Standing = ({ ask, agency }: { ask: Ask; agency: ShownAgency }) => {
  const { validity } = ask.w.partnership
  const before = listed(
    ask,
    agency.predecessors.map(({ name }) => name),
  )
  const end = endInWords(ask, agency, todayAt(ask))
  const lines = [startInWords(ask, agency), before && fill(validity.tookOver, { who: before })].filter(Boolean)
  return (
    <>
      {lines.length > 0 && <p class="govuk-body">{lines.join(' ')}</p>}
      {end && (
        <div class="govuk-inset-text">
          <strong>{end}</strong>
          {agency.succession_note && <p class="govuk-body govuk-!-margin-bottom-0">{agency.succession_note}</p>}
        </div>
      )}
    </>
  )
}

const rows = (ask: Ask, agency: ShownAgency): SummaryRow[] => {
  const { partner: words, sectors, roles } = ask.w.partnership
  const row = (key: string, value: SummaryRow['value'], there = true): SummaryRow[] => (there ? [{ key, value }] : [])
  const links = (items: ShownAgency['successors']) => <Links ask={ask} to="/partners" items={items} />
  return [
    ...row(words.sector, sectors[agency.sector as Sector]),
    ...row(words.role, agency.statutory_role, Boolean(agency.statutory_role)),
    ...row(words.parent, agency.parent && links([agency.parent]), Boolean(agency.parent)),
    ...row(words.parts, links(agency.parts), agency.parts.length > 0),
    ...row(words.before, links(agency.predecessors), agency.predecessors.length > 0),
    ...row(words.after, links(agency.successors), agency.successors.length > 0),
    ...row(
      words.areas,
      agency.areas.length
        ? listed(
            ask,
            agency.areas.map(({ name }) => name),
          )
        : words.areasNone,
    ),
    ...row(
      words.seats,
      <ul class="govuk-list trellis-plain-list">
        {agency.seats.map(({ id, name, role }) => (
          <li>
            <Link href={ask.href(`/boards/${id}`)}>{name}</Link>
            {role !== 'member' && `, ${roles[role as keyof typeof roles]}`}
          </li>
        ))}
      </ul>,
      agency.seats.length > 0,
    ),
    ...row(
      words.identifiers,
      <ul class="govuk-list trellis-plain-list">
        {agency.identifiers.map(({ scheme, value, checked }) => (
          <li>
            {scheme} {value}
            {!checked && ` (${words.unchecked})`}
          </li>
        ))}
      </ul>,
      agency.identifiers.length > 0,
    ),
    ...row(words.code, agency.code),
  ]
}
