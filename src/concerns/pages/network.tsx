import { narrowed, pathBetween, viewOf, type Network } from '../../joining/index.ts'
import { agencyNames, wrongDay } from '../../partnership/index.ts'
import { NotFound } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import { BackLink, Details, Errors, fill, page, Title, type Handler } from '../../web/index.ts'
import { most_concerns, most_of_one, networkAround } from '../network.ts'
import { readNetworkOptions } from '../network-options.ts'
import { Path, PathForm, SaidTogether } from './network/answers.tsx'
import { Drawing, layoutFor } from './network/drawing.tsx'
import { NetworkFilters } from './network/filters.tsx'
import { NetworkList } from './network/list.tsx'
import { dayOf, daysOf, nameOf, type Facts } from './network/parts.ts'
import { counted, dayInWords } from './said.tsx'

/** What is tied to a concern or to something in it: the picture, the same as a list, the path between two, what is said together. */
export const network: Handler = async (ask) => {
  const { viewer, tx, house } = ask
  if (viewer.kind !== 'staff') throw new NotFound()
  const id = ask.params['id']!
  const around = await networkAround(tx, house.keys, viewer, id, house.now())
  const options = readNetworkOptions(ask.query)
  const day = (at: Date) => dayOf(ask, at)
  const kept = (one: Network, start: string): Network => {
    const left = narrowed(one, { ...options.filter, without: [] }, day)
    const out = new Set(options.filter.without)
    const keys = new Set(left.things.filter(({ key, kind }) => key === start || !out.has(kind)).map(({ key }) => key))
    return {
      things: left.things.filter(({ key }) => keys.has(key)),
      ties: left.ties.filter(({ a, b }) => keys.has(a) && keys.has(b)),
    }
  }
  const left = kept(around.network, around.start)
  const keyOf = (one: string | undefined) => left.things.find(({ ids }) => one !== undefined && ids.includes(one))?.key
  const of = {
    start: around.start,
    concern: around.concern,
    steps: options.steps === 'all' ? Infinity : Number(options.steps),
    open: options.open.flatMap((one) => keyOf(one) ?? []),
    all: options.all,
    agencies: options.agencies,
  }
  const to = keyOf(options.to)
  const steps = to === undefined ? undefined : pathBetween(viewOf(left, { ...of, keep: [] }).whole, around.start, to)
  const path = new Set((steps ?? []).flatMap(({ from, to: next }) => [from.key, next.key]))
  const view = viewOf(left, { ...of, keep: [...path] })
  const agencyIds = around.network.ties.flatMap(({ said }) => said.flatMap(({ agency }) => agency ?? []))
  const facts: Facts = {
    ask,
    options,
    id,
    start: left.things.find(({ key }) => key === around.start)!,
    network: around.network,
    same: around.same,
    staff: await namesFor(
      tx,
      around.same.map(({ staff }) => staff),
    ),
    view,
    agencies: await agencyNames(tx, [...agencyIds, ...around.same.map(({ agency }) => agency)]),
    references: new Map(
      around.network.things.filter(({ kind }) => kind === 'concern').map(({ ids, label }) => [ids[0]!, label]),
    ),
  }
  const laid = await layoutFor(facts)
  const errors = options.wrong.map((name) => wrongDay(ask, name))
  const words = ask.w.network
  const start = { kind: words.kinds[facts.start.kind], name: nameOf(facts, facts.start) }
  return page({
    // A name in a title stays in a browser's history.
    title: fill(words.title, { name: facts.references.get(around.concern) ?? '' }),
    status: errors.length ? 422 : 200,
    wide: true,
    frame: 'staff',
    script: 'network',
    about: {
      kind: 'concern',
      id: around.concern,
      detail: { concerns: String(view.drawn.things.filter(({ kind }) => kind === 'concern').length) },
    },
    body: (
      <>
        <BackLink href={ask.href(viewer.frontDoor ? `/concerns/${around.concern}` : `/sent/${around.concern}`)}>
          {words.backToConcern}
        </BackLink>
        <Errors ask={ask} errors={errors} />
        <Title caption={fill(words.around, start)}>{words.heading}</Title>
        <div id="network" class="trellis-network">
          <Lead facts={facts} />
          <NetworkFilters facts={facts} errors={errors} />
          <PathForm facts={facts} />
          <Path facts={facts} steps={steps} />
          <Drawing facts={facts} laid={laid} path={path} />
          <NetworkList facts={facts} />
          <SaidTogether facts={facts} />
          <Limits facts={facts} />
        </div>
      </>
    ),
  })
}

const Lead = ({ facts: { ask, view } }: { facts: Facts }) => {
  const words = ask.w.network
  const days = [...daysOf(ask, view.drawn.ties).values()]
  const [from, until] = [
    days.map(({ first }) => first).sort()[0],
    days
      .map(({ last }) => last)
      .sort()
      .at(-1),
  ]
  const concerns = view.drawn.things.filter(({ kind }) => kind === 'concern').length
  return (
    <>
      {from && until && (
        <p class="govuk-body-l">
          {fill(from === until ? words.leadOneDay : words.lead, {
            things: counted(words.countThings, view.drawn.things.length - concerns),
            concerns: counted(words.countConcerns, concerns),
            from: dayInWords(from),
            until: dayInWords(until),
          })}
        </p>
      )}
      {concerns < 2 && <p class="govuk-body">{words.nothing}</p>}
      <p class="govuk-body">{words.yours}</p>
    </>
  )
}

const Limits = ({ facts: { ask } }: { facts: Facts }) => {
  const words = ask.w.network.limits
  return (
    <Details summary={words.heading}>
      <ul class="govuk-list govuk-list--bullet">
        <li>{words.exact}</li>
        <li>{words.places}</li>
        <li>{fill(words.many, { of: most_of_one, most: most_concerns })}</li>
        <li>{words.records}</li>
        <li>{words.reporters}</li>
      </ul>
    </Details>
  )
}
