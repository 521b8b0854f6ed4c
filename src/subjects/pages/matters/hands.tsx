import type { ComponentChildren } from 'preact'
import { agencyNames } from '../../../partnership/index.ts'
import { localDate } from '../../../platform/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { Details, fill, Link, Tag, type Ask } from '../../../web/index.ts'
import type { Through } from '../../gate.ts'
import { mayEnd } from '../../may-change.ts'
import { endingsOf } from '../../relationships/ending.ts'
import type { Workers } from '../../relationships/workers.ts'
import { tellable } from '../../tellable.ts'
import { counted, day } from '../said.tsx'

/** Whose part is going to end, and when; each with its handover. */
export const endingSoon = async (ask: Ask, at: Through): Promise<ComponentChildren> => {
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
              <div class="trellis-row__tags">
                {planned.get(one.id)! < at.today && <Tag classes="govuk-tag--orange">{ask.w.support.next.late}</Tag>}
                {mayEnd(at, one) && (
                  <Link href={ask.href(`/people/${at.subject.id}/involved/${one.id}/end`)}>
                    {words.handover}
                    <span class="govuk-visually-hidden">: {who}</span>
                  </Link>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** By how many hands they went. */
export const Hands = ({ ask, workers }: { ask: Ask; workers: Workers }) => {
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
export const handovers = async (ask: Ask, { handovers: all }: Workers): Promise<ComponentChildren> => {
  const words = ask.w.matters.handover
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
