import { agencyNames } from '../../partnership/index.ts'
import { hasRole } from '../../platform/index.ts'
import {
  involvementAsked,
  involvementHistory,
  type InvolvementAsked,
  type InvolvementPast,
} from '../../sharing/index.ts'
import { namesFor, type Named } from '../../staff/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { mayHearOf } from '../tellable.ts'
import { day, moment } from './moment.ts'

export type Past = {
  parts: readonly InvolvementPast[]
  asked: readonly InvolvementAsked[]
  names: ReadonlyMap<string, Named>
  agencies: ReadonlyMap<string, string>
}

/**
 * For whoever leads, and a manager of the agency that opened the record: who was added, by whom and why, whose part
 * ended, and who asked about it. As far as the agreement lets them hear of it.
 */
export const pastOf = async (ask: Ask, at: Through): Promise<Past | undefined> => {
  const answers = hasRole(at.worker, 'manager') && at.worker.agency === at.subject.supplier
  if (at.ties.closeness < 3 && !answers) return undefined
  const { keys } = ask.house
  const of = [at.worker.partnership, at.subject.id] as const
  const parts = (await involvementHistory(ask.tx, keys, ...of)).filter(({ agency_id }) => mayHearOf(at, agency_id))
  const asked = (await involvementAsked(ask.tx, keys, ...of)).filter(({ agency_id }) => mayHearOf(at, agency_id))
  return {
    parts,
    asked,
    names: await namesFor(ask.tx, [
      ...parts.flatMap(({ entered_by, ended_by }) => [entered_by, ended_by].filter((id) => id !== null)),
      ...asked.map(({ staff_id }) => staff_id),
    ]),
    agencies: await agencyNames(
      ask.tx,
      [...parts, ...asked].map(({ agency_id }) => agency_id),
    ),
  }
}

export const CircleHistory = ({ ask, past }: { ask: Ask; past: Past }) => {
  const words = ask.w.subjects.circle
  const reasons: Record<string, string> = words.reasons
  const said = (id: string | null): string => past.names.get(id ?? '')?.name ?? words.somebody
  return (
    <section aria-labelledby="past">
      <h2 class="govuk-heading-m" id="past">
        {words.past}
      </h2>
      <ul class="trellis-rows">
        {past.parts.map((one) => (
          <li class="trellis-row">
            <div>
              <span class="trellis-row__name">
                {ask.w.subjects.roles[one.role]}, {past.agencies.get(one.agency_id)}
              </span>
              <span class="trellis-row__more">
                {fill(words.begun, { day: day(ask, one.from_at), who: said(one.entered_by) })} {one.why}
                {one.to_at && (
                  <>
                    <br />
                    {fill(words.over, { day: day(ask, one.to_at), who: said(one.ended_by) })}{' '}
                    {one.end_reason && `${reasons[one.end_reason] ?? one.end_reason}.`} {one.why_ended}
                  </>
                )}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {past.asked.length > 0 && <Asked ask={ask} past={past} />}
    </section>
  )
}

const Asked = ({ ask, past }: { ask: Ask; past: Past }) => {
  const words = ask.w.subjects.circle
  return (
    <>
      <h2 class="govuk-heading-m">{words.asked}</h2>
      <ul class="trellis-rows">
        {past.asked.map((one) => (
          <li class="trellis-row">
            <div>
              <span class="trellis-row__name">
                {past.names.get(one.staff_id)?.name ?? words.somebody}, {past.agencies.get(one.agency_id)}
              </span>
              <span class="trellis-row__more">
                {moment(ask, one.asked_at)}
                <br />
                <span class="trellis-words">{one.why}</span>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
