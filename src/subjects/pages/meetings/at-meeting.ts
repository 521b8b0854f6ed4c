import { agencyNames } from '../../../partnership/index.ts'
import { disclosuresOf, labelOf, type Code, type Disclosed } from '../../../sharing/index.ts'
import { namesFor } from '../../../staff/index.ts'
import { fill, type Answer, type Ask } from '../../../web/index.ts'
import { enter, type Through } from '../../gate.ts'
import type { Attendee } from '../../meetings/meeting.ts'
import { meetingFor, type WholeMeeting } from '../../meetings/queries.ts'
import { frameOn } from '../../subject.ts'
import { moment } from '../moment.ts'

export type AtMeeting = { kind: 'open'; at: Through; meeting: WholeMeeting; base: string }

/** Through the gate of the person, and as far as one of their meetings. @throws {NotFound} */
export const atMeeting = async (ask: Ask): Promise<AtMeeting | { kind: 'answer'; answer: Answer }> => {
  const at = await enter(ask, ask.params['id']!)
  if (at.kind === 'answer') return at
  const meeting = await meetingFor(ask.tx, ask.house.keys, at.worker.partnership, {
    subject: at.subject.id,
    id: ask.params['meeting'],
  })
  return { kind: 'open', at, meeting, base: `/people/${at.subject.id}/meetings/${meeting.id}` }
}

/** What the event of a look at one of its forms says: whose meeting, why, and how closely it is kept. */
export const aboutMeeting = ({ at, meeting }: AtMeeting) => ({
  kind: 'person',
  id: at.subject.id,
  detail: { meeting: meeting.id, purpose: meeting.purpose, handling: String(meeting.handling), clause: at.cite },
})

/** How the people and agencies of a meeting are called. */
export const calledIn = async (
  ask: Ask,
  { attendees, agency_id, called_by, ended }: WholeMeeting,
  told: readonly Disclosed[] = [],
) => {
  const people = await namesFor(ask.tx, [
    ...attendees.flatMap(({ staff_id, conflict_by }) => [staff_id, conflict_by].filter((id) => id !== null)),
    called_by,
    ...(ended ? [ended.by] : []),
  ])
  const agencies = await agencyNames(ask.tx, [
    agency_id,
    ...attendees.flatMap(({ of_agency_id }) => of_agency_id ?? []),
    ...told.map(({ recipient_agency_id }) => recipient_agency_id),
  ])
  return {
    agency: (id: string): string => agencies.get(id) ?? '',
    staff: (id: string): string => people.get(id)?.name ?? '',
    attendee: ({ staff_id, name }: Attendee): string => (staff_id ? people.get(staff_id)?.name : name) ?? '',
  }
}
export type Called = Awaited<ReturnType<typeof calledIn>>

const day = 86_400_000

/** What the viewer may read of what their agency has shared about the person from the day before the meeting on: some of it in the meeting. */
export const ownDisclosures = async (ask: Ask, { at, meeting }: AtMeeting): Promise<Disclosed[]> => {
  const since = Math.min(meeting.called_at.getTime(), meeting.starts_at.getTime()) - day
  const age = frameOn(at.subject.adult_from, at.today)
  const { told } = await disclosuresOf(ask.tx, ask.house.keys, at.worker, at.subject.id, { ...at, age })
  return told.filter(({ outcome, decided_at }) => outcome === 'shared' && decided_at.getTime() >= since)
}

/** 'What happened, to Elmshire Police, 3 March 2026 at 14:05'. */
export const disclosed = (ask: Ask, codes: readonly Code[], called: Called, one: Disclosed): string =>
  fill(ask.w.subjects.meetings.one.disclosed, {
    classes: one.classes.map((code) => labelOf(codes, 'class', code)).join(', '),
    agency: called.agency(one.recipient_agency_id),
    when: moment(ask, one.decided_at),
  })
