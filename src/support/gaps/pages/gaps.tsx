import { hasRole, localDate } from '../../../platform/index.ts'
import { fill, Link, page, SubNavigation, Tag, Title, type Ask, type Handler } from '../../../web/index.ts'
import { dayOf } from '../../plan/pages/dates.ts'
import { gapsFor, type Whose } from '../find.ts'
import { kinds, most, type Gap, type GapKind } from '../gap.ts'

/** A standing list: what nobody sees to, with its smallest next step. By reference; who they are is behind the gate of each. */
export const gapsPage: Handler = async (ask) => {
  const { viewer } = ask
  if (viewer.kind !== 'staff') throw new Error('signed in, by the route')
  const asked = ask.query['whose']
  const whose: Whose = asked === 'mine' || asked === 'agency' ? asked : hasRole(viewer, 'manager') ? 'agency' : 'mine'
  const gaps = await gapsFor(ask.tx, viewer, { whose, at: ask.house.now(), zone: ask.place.zone })
  const words = ask.w.gaps.list
  const there = kinds.filter(({ code }) => gaps.some(({ kind }) => kind === code))
  return page({
    title: words.title,
    frame: 'staff',
    body: (
      <>
        <Title>{words.title}</Title>
        <SubNavigation
          label={words.whose}
          items={(['mine', 'agency'] as const).map((one) => ({
            text: words.whoses[one],
            href: ask.href(`/gaps?whose=${one}`),
            active: one === whose,
          }))}
        />
        <p class="govuk-body">
          <Link href={ask.href('/disputes')}>{ask.w.gaps.disputes.title}</Link>
          {hasRole(viewer, 'manager') && (
            <>
              {' '}
              · <Link href={ask.href('/thresholds')}>{ask.w.gaps.counts.title}</Link>
            </>
          )}
        </p>
        <p class="govuk-body-l">{there.length === 0 ? words.none : words.intro}</p>
        {there.map((kind) => (
          <Kind ask={ask} kind={kind} gaps={gaps.filter((gap) => gap.kind === kind.code)} />
        ))}
      </>
    ),
  })
}

type Known = (typeof kinds)[number]
const Kind = ({ ask, kind, gaps }: { ask: Ask; kind: Known; gaps: readonly Gap[] }) => {
  const words = ask.w.gaps.list
  const id = kind.code.replaceAll(' ', '-')
  const today = localDate(ask.house.now(), ask.place.zone)
  return (
    <section class="trellis-told" aria-labelledby={id}>
      <h2 class="govuk-heading-m trellis-told__title" id={id}>
        {kind.label}{' '}
        <Tag classes="govuk-tag--grey">{gaps.length >= most ? fill(words.many, { most }) : gaps.length}</Tag>
      </h2>
      <p class="govuk-body">
        {words.step} {kind.step}
      </p>
      <ul class="trellis-rows">
        {gaps.map((gap) => (
          <li class="trellis-row">
            <div>
              <Link href={ask.href(hrefOf(gap))}>{gap.reference}</Link>
              <span class="trellis-row__more">
                <time dateTime={gap.since}>
                  {fill(gap.since > today ? words.on : words.since, { day: dayOf(ask, gap.since) })}
                </time>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Where the smallest next step is taken. */
const places: Readonly<Record<GapKind, string>> = {
  'unowned concern': '',
  'no lead': '/involved',
  'stalled transfer': '/involved',
  'nobody named': '/involved',
  'no contact': '/add',
  ending: '/involved',
  'over the border': '',
  'single agency': '/plan',
  'late review': '/plan/review',
  'unowned action': '/plan',
  'expired warning': '/warnings',
  'watch over': '/plan',
  'no adult owner': '/eighteen/owners',
  'late task': '/eighteen',
  'no birthday': '',
  'silent after 18': '/add',
  'closed near 18': '/plan',
  dispute: '',
}
const hrefOf = ({ kind, subject, concern }: Gap): string =>
  concern ? `/concerns/${concern}` : `/people/${subject}${places[kind]}`
