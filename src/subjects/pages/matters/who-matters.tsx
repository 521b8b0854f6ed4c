import type { ComponentChildren } from 'preact'
import { agencyNames } from '../../../partnership/index.ts'
import { localDate } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import {
  BackLink,
  Button,
  Details,
  fill,
  Link,
  NotificationBanner,
  page,
  Tag,
  Title,
  type Ask,
  type Handler,
} from '../../../web/index.ts'
import { aboutPerson, enter, type Through } from '../../gate.ts'
import { endingsOf } from '../../relationships/ending.ts'
import { groupOf, groups, isOver } from '../../relationships/relationship.ts'
import { whoMatters, type Tie } from '../../relationships/who-matters.ts'
import { workersOf, type Workers } from '../../relationships/workers.ts'
import { tellable } from '../../tellable.ts'
import { counted, day } from '../said.tsx'
import { TieRow } from './tie-row.tsx'
import { TrustedAdult, trustedFor } from './trusted-adult.tsx'

/** Who matters to a person: the trusted adult, everybody they named, and by how many hands of workers they went. */
export const whoMattersPage: Handler = async (ask) => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at.answer
  const words = ask.w.matters
  const ties = await whoMatters(ask, at)
  const standing = ties.filter((one) => !isOver(one))
  const over = ties.filter(isOver)
  const here = `/people/${at.subject.id}/who-matters`
  const done = (words.done as Record<string, string>)[ask.query['done'] ?? '']
  return page({
    title: words.title,
    frame: 'staff',
    about: aboutPerson(at),
    body: (
      <>
        <BackLink href={ask.href(`/people/${at.subject.id}`)}>{ask.w.common.back}</BackLink>
        {done && (
          <NotificationBanner type="success" title={ask.w.common.save}>
            {done}
          </NotificationBanner>
        )}
        <Title>{words.title}</Title>
        <p class="govuk-body">{words.intro}</p>
        <Button href={ask.href(`${here}/add`)}>{words.add}</Button>
        {standing.length > 0 && (
          <ul class="govuk-list">
            {(['ecomap', 'genogram'] as const).map((end) => (
              <li>
                <Link href={ask.href(`${here}/${end}`)}>{words.links[end]}</Link>
              </li>
            ))}
          </ul>
        )}
        <TrustedAdult ask={ask} at={at} trusted={await trustedFor(ask, at)} />
        {standing.length === 0 && <p class="govuk-body">{words.none}</p>}
        {groups.map((group) => (
          <Group
            ask={ask}
            at={at}
            title={words.groups[group]}
            ties={standing.filter(({ kind }) => groupOf(kind) === group)}
          />
        ))}
        {over.length > 0 && (
          <Details summary={words.past}>
            <ul class="trellis-rows">
              {over.map((tie) => (
                <TieRow ask={ask} at={at} tie={tie} />
              ))}
            </ul>
          </Details>
        )}
        {await endingSoon(ask, at)}
        <Hands ask={ask} workers={await workersOf(ask, at)} />
        {await handovers(ask, at)}
      </>
    ),
  })
}

const Group = ({ ask, at, title, ties }: { ask: Ask; at: Through; title: string; ties: readonly Tie[] }) =>
  ties.length === 0 ? null : (
    <section aria-label={title}>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="trellis-rows">
        {ties.map((tie) => (
          <TieRow ask={ask} at={at} tie={tie} />
        ))}
      </ul>
    </section>
  )

/** Whose part is going to end, and when; each with its handover. */
const endingSoon = async (ask: Ask, at: Through): Promise<ComponentChildren> => {
  const words = ask.w.matters.ending
  const planned = new Map(
    (await endingsOf(ask.tx, at.worker.partnership, at.subject.id)).map((one) => [one.involvement_id, one.ends_on]),
  )
  const parts = (await tellable(ask, at)).filter(({ id }) => planned.has(id))
  if (parts.length === 0) return null
  const names = await namesFor(
    ask.tx,
    parts.flatMap(({ staff_id }) => staff_id ?? []),
  )
  return (
    <>
      <h2 class="govuk-heading-m">{words.soon}</h2>
      <ul class="trellis-rows">
        {parts.map((one) => {
          const who = names.get(one.staff_id ?? '')?.name ?? ask.w.subjects.circle.noName
          return (
            <li class="trellis-row">
              <div>
                <span class="trellis-row__name">{fill(words.row, { who, role: ask.w.subjects.roles[one.role] })}</span>
                <span class="trellis-row__more">{fill(words.planned, { day: day(planned.get(one.id)!) })}</span>
              </div>
              {planned.get(one.id)! < at.today && (
                <div class="trellis-row__tags">
                  <Tag classes="govuk-tag--orange">{ask.w.support.next.late}</Tag>
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

const Hands = ({ ask, workers }: { ask: Ask; workers: Workers }) => {
  const words = ask.w.matters.workers
  const { count, months, handovers: made, unmet } = workers
  return (
    <>
      <h2 class="govuk-heading-m">{words.title}</h2>
      {count === 0 ? (
        <p class="govuk-body">{words.none}</p>
      ) : (
        <p class="govuk-body">
          <strong>
            {counted(words.count, count)} {counted(words.within, months)}.
          </strong>{' '}
          {made.length > 0 &&
            `${[counted(words.handovers, made.length), unmet > 0 && counted(words.unmet, unmet)].filter(Boolean).join(', ')}. `}
          {words.told}
        </p>
      )}
    </>
  )
}

/** How each was handed over, as far as the agreement shows it. */
const handovers = async (ask: Ask, at: Through): Promise<ComponentChildren> => {
  const words = ask.w.matters.handover
  const { handovers: all } = await workersOf(ask, at)
  if (all.length === 0) return null
  const names = await namesFor(
    ask.tx,
    all.map(({ said_by }) => said_by),
  )
  const agencies = await agencyNames(
    ask.tx,
    all.map(({ agency_id }) => agency_id),
  )
  return (
    <Details summary={words.title}>
      <ul class="trellis-rows">
        {all.map((one) => (
          <li class="trellis-row">
            <div>
              <span class="trellis-row__name">
                {fill(words.line, {
                  day: day(localDate(one.said_at, ask.place.zone)),
                  who: names.get(one.said_by)?.name ?? agencies.get(one.agency_id) ?? '',
                })}
              </span>
              <span class="trellis-row__more trellis-words" dir="auto">
                {one.met_on ? fill(words.lineMet, { day: day(one.met_on) }) : one.without && words.without[one.without]}
                <br />
                {one.view ? `“${one.view}”` : fill(words.lineUnheard, { why: one.unheard })}
                <br />
                {fill(words.lineStays, { who: one.stays })}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Details>
  )
}
