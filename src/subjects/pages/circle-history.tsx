import { agencyNames } from '../../partnership/index.ts'
import { involvementHistory, type InvolvementPast } from '../../sharing/index.ts'
import { namesFor, type Named } from '../../staff/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { mayHearOf } from '../tellable.ts'
import { day } from './moment.ts'

export type Past = {
  parts: readonly InvolvementPast[]
  names: ReadonlyMap<string, Named>
  agencies: ReadonlyMap<string, string>
}

/** For whoever leads: who was added, by whom and why, and whose part ended. As far as the agreement lets them hear of it. */
export const pastOf = async (ask: Ask, at: Through): Promise<Past | undefined> => {
  if (at.ties.closeness < 3) return undefined
  const all = await involvementHistory(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const parts = all.filter(({ agency_id }) => mayHearOf(at, agency_id))
  return {
    parts,
    names: await namesFor(
      ask.tx,
      parts.flatMap(({ entered_by, ended_by }) => [entered_by, ended_by].filter((id) => id !== null)),
    ),
    agencies: await agencyNames(
      ask.tx,
      parts.map(({ agency_id }) => agency_id),
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
    </section>
  )
}
