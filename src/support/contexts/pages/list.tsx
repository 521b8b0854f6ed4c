import { asProduct, become, newId, record, type StaffViewer } from '../../../platform/index.ts'
import { areasNamed } from '../../../partnership/index.ts'
import { statementsOf } from '../../../sharing/index.ts'
import { contextKinds, contextsFor, describedContexts } from '../../../subjects/index.ts'
import { Button, Link, page, Select, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { counted } from '../../plan/pages/dates.ts'
import { closedAmong } from '../queries.ts'

type Filter = { kind: string; area: string; state: string }
type Listed = Awaited<ReturnType<typeof contextsFor>>[number] & { name: string | undefined; closed: boolean }

/** Places, groups and online spaces that the viewer's agency has to do with. A name shows once its purpose was stated today. */
export const contextsPage: Handler = async (ask) => {
  const words = ask.w.contexts
  const filter = filterIn(ask)
  const all = await listed(ask)
  const shown = all.filter(
    ({ kind, area, closed }) =>
      (!filter.kind || kind === filter.kind) &&
      (!filter.area || area === filter.area) &&
      (!filter.state || closed === (filter.state === 'closed')),
  )
  const isNarrowed = Object.values(filter).some(Boolean)
  return page({
    title: words.title,
    wide: true,
    frame: 'staff',
    body: (
      <>
        <div class="trellis-title-row">
          <Title>{words.title}</Title>
          <Button href={ask.href('/contexts/new')}>{words.open}</Button>
        </div>
        <p class="govuk-body">{words.intro}</p>
        {all.length > 0 && <Narrow ask={ask} filter={filter} areas={await areasNamed(ask.tx, ask.place.id)} />}
        <p class="govuk-body" role="status">
          {shown.length > 0 ? counted(words.filter.count, shown.length) : isNarrowed ? words.noneSo : words.none}
        </p>
        <ul class="trellis-rows">
          {shown.map((one) => (
            <Row ask={ask} one={one} />
          ))}
        </ul>
      </>
    ),
  })
}

/** What the address narrows to: codes alone; what makes no sense narrows nothing. */
const filterIn = ({ query }: Ask): Filter => ({
  kind: contextKinds.find((one) => one === query['kind']) ?? '',
  area: query['area'] ?? '',
  state: ['open', 'closed'].find((one) => one === query['state']) ?? '',
})

/** All of them, by name where the purpose of each was stated today. */
export const listed = async (ask: Ask): Promise<Listed[]> => {
  const worker = ask.viewer as StaffViewer
  const clock = { now: ask.house.now(), zone: ask.place.zone }
  const all = await contextsFor(ask.tx, worker, clock)
  const ids = all.map(({ subject }) => subject)
  const closed = await asProduct(ask.tx, () => closedAmong(ask.tx, worker.partnership, ids))
  const names = new Map<string, string>()
  // Of a long list few were stated otherwise than the rest: one question for all that were stated alike.
  const alike = Map.groupBy(await statementsOf(ask.tx, worker, ids, clock.now), ([, stated]) => JSON.stringify(stated))
  for (const same of alike.values()) {
    await become(ask.tx, { ...worker, stated: same[0]![1] }, clock)
    const asked = same.map(([id]) => id)
    for (const { subject_id, name } of (
      await describedContexts(ask.tx, ask.house.keys, worker.partnership, asked)
    ).values())
      names.set(subject_id, name)
  }
  await become(ask.tx, worker, clock)
  // A name that was shown was looked at, as in the list of people.
  if (names.size > 0)
    await record(ask.tx, worker, 'contexts listed', { kind: 'list', id: newId() }, { named: names.size })
  return all.map((one) => ({ ...one, name: names.get(one.subject), closed: closed.has(one.subject) }))
}

export const Row = (props: { ask: Ask; one: Listed; end?: string; tag?: string | undefined }) => {
  const { ask, one, end = '', tag } = props
  const words = ask.w.contexts
  const more = [words.kinds[one.kind], one.area, one.name ? one.reference : words.say]
  return (
    <li class="trellis-row">
      <div>
        <Link href={ask.href(`/contexts/${one.subject}${end}`)}>
          <span dir="auto">{one.name ?? one.reference}</span>
        </Link>
        <span class="trellis-row__more">{more.filter(Boolean).join(' · ')}</span>
      </div>
      {(one.closed || tag) && (
        <div class="trellis-row__tags">
          {tag && <Tag>{tag}</Tag>}
          {one.closed && <Tag classes="govuk-tag--grey">{words.closedTag}</Tag>}
        </div>
      )}
    </li>
  )
}

const Narrow = (props: { ask: Ask; filter: Filter; areas: readonly { name: string }[] }) => {
  const { ask, filter, areas } = props
  const { filter: words, kinds } = ask.w.contexts
  const any = { value: '', text: words.any }
  return (
    <form
      method="get"
      action={ask.href('/contexts')}
      class="trellis-choices-bar"
      role="search"
      aria-label={words.title}
    >
      <Select
        name="kind"
        label={words.kind}
        value={filter.kind}
        items={[any, ...contextKinds.map((value) => ({ value, text: kinds[value] }))]}
      />
      <Select
        name="area"
        label={words.area}
        value={filter.area}
        items={[any, ...areas.map(({ name }) => ({ value: name, text: name }))]}
      />
      <Select
        name="state"
        label={words.state}
        value={filter.state}
        items={[any, { value: 'open', text: words.isOpen }, { value: 'closed', text: words.isClosed }]}
      />
      <div class="trellis-choices-bar__act">
        <Button classes="govuk-button--secondary">{words.show}</Button>
        <Link href={ask.href('/contexts')}>{words.clear}</Link>
      </div>
    </form>
  )
}
