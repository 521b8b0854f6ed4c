import { agencyNames, calendarOf, clockOf } from '../../partnership/index.ts'
import { hasRole, workingMinutesBetween, type StaffViewer, type WorkingCalendar } from '../../platform/index.ts'
import { dutiesFor, dutyClock, type OpenDuty } from '../../sharing/index.ts'
import { namesFor } from '../../staff/index.ts'
import { referencesOf } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { countsWorkingTime, spanWords } from '../clock-words.ts'
import { ClockTag } from './clock-line.tsx'
import { counted, soon } from './said.tsx'

/** "Share, or say why not": what duty clauses ask of this viewer's agency, with what its page needs to say it. */
export const waitingDuties = async (ask: Ask, worker: StaffViewer) => {
  const now = ask.house.now()
  const { duties, total } = await dutiesFor(ask.tx, worker, now)
  if (duties.length === 0) return undefined
  return {
    duties,
    total,
    references: await referencesOf(
      ask.tx,
      worker,
      duties.map(({ subject_id }) => subject_id),
    ),
    agencies: await agencyNames(
      ask.tx,
      duties.map(({ recipient_agency_id }) => recipient_agency_id),
    ),
    people: await namesFor(
      ask.tx,
      duties.flatMap(({ for_staff_id }) => for_staff_id ?? []),
    ),
    calendar: await calendarOf(ask.tx, worker.partnership),
    unit: (await clockOf(ask.tx, worker.partnership, dutyClock, now))?.unit ?? null,
  }
}
export type WaitingDuties = NonNullable<Awaited<ReturnType<typeof waitingDuties>>>

export const Duties = ({ ask, waiting }: { ask: Ask; waiting: WaitingDuties }) => {
  const words = ask.w.duty.duties
  const { duties, total, references, agencies } = waiting
  return (
    <section aria-labelledby="duties">
      <h2 class="govuk-heading-m" id="duties">
        {words.title}
      </h2>
      <p class="govuk-body">{words.intro}</p>
      <ul class="trellis-rows">
        {duties.map((duty) => (
          <li class="trellis-row">
            <div>
              <a
                class="govuk-link"
                href={ask.href(`/people/${duty.subject_id}${duty.waits ? '' : `/share?duty=${duty.id}`}`)}
              >
                {fill(words.tell, {
                  reference: references.get(duty.subject_id) ?? '',
                  agency: agencies.get(duty.recipient_agency_id) ?? '',
                })}
              </a>
              <span class="trellis-row__more">
                {[fill(words.clause, { cite: duty.cite, title: duty.title }), whose(ask, waiting, duty)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <Left ask={ask} duty={duty} calendar={waiting.calendar} unit={waiting.unit} />
            </div>
          </li>
        ))}
      </ul>
      {total > duties.length && <p class="govuk-body">{counted(words.more, total - duties.length)}</p>}
    </section>
  )
}

/** Whose it is first, where that is not the reader: for colleagues and managers. */
const whose = ({ viewer, w }: Ask, { people }: WaitingDuties, { for_staff_id }: OpenDuty): string => {
  if (viewer.kind === 'staff' && viewer.staff === for_staff_id) return ''
  const name = for_staff_id && people.get(for_staff_id)?.name
  return name ? fill(w.duty.duties.with, { name }) : w.duty.duties.nobody
}

const Left = (props: { ask: Ask; duty: OpenDuty; calendar: WorkingCalendar; unit: string | null }) => {
  const { ask, duty, calendar, unit } = props
  const words = ask.w.duty.duties
  const { due_at, at_risk_at, raised_at } = duty
  if (duty.waits)
    return <span class="trellis-row__more">{hasRole(ask.viewer, 'manager') ? words.waitsForYou : words.waits}</span>
  if (!due_at || !at_risk_at) return null
  const now = ask.house.now()
  const between = (from: Date, to: Date): number =>
    countsWorkingTime(unit) ? workingMinutesBetween(from, to, calendar) : (to.getTime() - from.getTime()) / 60_000
  const late = now > due_at
  const span = spanWords(ask.w.duty.spans, late ? between(due_at, now) : between(now, due_at), unit, calendar)
  return (
    <span class="trellis-row__more">
      <ClockTag
        ask={ask}
        run={{ started_at: raised_at, at_risk_at, due_at, paused_from: [], paused_to: [], unit, amount: null }}
      />{' '}
      {fill(late ? words.over : words.left, { span })},{' '}
      {fill(late ? ask.w.duty.clock.wasDue : ask.w.duty.clock.due, { when: soon(ask, due_at) })}
    </span>
  )
}
