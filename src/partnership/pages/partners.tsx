import { isId } from '../../platform/index.ts'
import { Button, Checkboxes, fill, Input, Link, Select, Tag, Title, type Ask, type Handler } from '../../web/index.ts'
import { sectors } from '../agency.ts'
import { kindsHere, listAgencies, listAreas, type ListedAgency, type Named, type WantedAgencies } from '../directory.ts'
import { agencyKinds } from '../shipped.ts'
import { mayKeep, section, todayAt } from './section.tsx'
import { endInWords } from './validity.tsx'

/** Who's who. The choices live in the address, so Back keeps them. */
export const partnersPage: Handler = async (ask) => {
  const words = ask.w.partnership.partners
  const wanted = read(ask)
  const areas = (await listAreas(ask.tx, ask.place.id)).filter(({ kind }) => kind !== 'ward')
  const found = await listAgencies(ask.tx, ask.place.id, todayAt(ask), wanted)
  return section(
    ask,
    '/partners',
    words.title,
    <>
      <div class="trellis-title-row">
        <Title>{words.title}</Title>
        {mayKeep(ask) && <Button href={ask.href('/partners/new')}>{words.new}</Button>}
      </div>
      <Choices ask={ask} wanted={wanted} kinds={await kindsHere(ask.tx, ask.place.id)} areas={areas} />
      <p class="govuk-body" role="status">
        {found.length === 1 ? words.one : fill(words.many, { count: found.length })}
      </p>
      <ul class="trellis-rows">
        {found.map((agency) => (
          <Row ask={ask} agency={agency} />
        ))}
      </ul>
    </>,
  )
}

const read = ({ query }: Ask): WantedAgencies => ({
  kind: query['kind'] || undefined,
  sector: sectors.find((sector) => sector === query['sector']),
  area: isId(query['area'] ?? '') ? query['area'] : undefined,
  words: (query['words'] ?? '').trim().slice(0, 100),
  ended: query['ended'] === 'yes',
})

export const kindInWords = (kind: string): string => agencyKinds().get(kind) ?? kind.replaceAll('-', ' ')

type ChoicesProps = { ask: Ask; wanted: WantedAgencies; kinds: readonly string[]; areas: readonly Named[] }

const Choices = ({ ask, wanted, kinds, areas }: ChoicesProps) => {
  const words = ask.w.partnership.partners
  const any = { value: '', text: words.any }
  return (
    <form
      method="get"
      action={ask.href('/partners')}
      class="trellis-choices-bar"
      role="search"
      aria-label={words.filterTitle}
    >
      <Input name="words" label={words.words} value={wanted.words} type="search" />
      <Select
        name="kind"
        label={words.kind}
        value={wanted.kind}
        items={[any, ...kinds.map((value) => ({ value, text: kindInWords(value) }))]}
      />
      <Select
        name="sector"
        label={words.sector}
        value={wanted.sector}
        items={[any, ...sectors.map((value) => ({ value, text: ask.w.partnership.sectors[value] }))]}
      />
      <Select
        name="area"
        label={words.area}
        value={wanted.area}
        items={[any, ...areas.map(({ id, name }) => ({ value: id, text: name }))]}
      />
      <Checkboxes
        name="ended"
        classes="govuk-checkboxes--small"
        values={wanted.ended ? ['yes'] : []}
        items={[{ value: 'yes', text: words.ended }]}
      />
      <div class="trellis-choices-bar__act">
        <Button classes="govuk-button--secondary">{words.filter}</Button>
        <Link href={ask.href('/partners')}>{words.clear}</Link>
      </div>
    </form>
  )
}

const Row = ({ ask, agency }: { ask: Ask; agency: ListedAgency }) => {
  const end = endInWords(ask, agency, todayAt(ask))
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/partners/${agency.id}`)} classes="trellis-row__name">
          {agency.name}
        </Link>
        <span class="trellis-row__more">
          {kindInWords(agency.kind)}
          {end && (
            <>
              <br />
              {end}
            </>
          )}
        </span>
      </div>
      <div class="trellis-row__tags">
        {agency.statutory_role && <Tag classes="govuk-tag--green">{agency.statutory_role}</Tag>}
        {agency.invented && <Tag classes="govuk-tag--grey">{ask.w.partnership.invented}</Tag>}
      </div>
    </li>
  )
}
