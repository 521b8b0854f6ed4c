import { agencyNames } from '../partnership/index.ts'
import { involvementHistory } from '../sharing/index.ts'
import { fill, type Ask } from '../web/index.ts'
import type { Through } from './gate.ts'
import { meetingsOf } from './meetings/queries.ts'
import { moment } from './pages/moment.ts'
import { mayHearOf } from './tellable.ts'
import { warningsGiven } from './warning.ts'

/** What a row of its own tells of a person, and nothing of it is written in the chronology: read each time, by whoever may. */
export type Line = {
  id: string
  kind:
    | 'concern'
    | 'meeting'
    | 'involvement'
    | 'warning'
    | 'alert'
    | 'plan'
    | 'transition'
    | 'missing'
    | 'who matters'
    | 'context'
    | 'gap'
    | 'referral'
    | 'disruption'
  agency_id: string
  at: Date
  text: string
  href?: string
}

/** That a meeting was called, and for when. That it was held is an entry. */
export const meetingLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const words = ask.w.subjects.lines
  const { kinds, states } = ask.w.subjects.meetings
  const meetings = await meetingsOf(ask.tx, worker.partnership, subject.id)
  return meetings.map(({ id, kind, agency_id, called_at, starts_at, outcome }) => ({
    id,
    kind: 'meeting',
    agency_id,
    at: called_at,
    text: [
      fill(words.called, { kind: kinds[kind], when: moment(ask, starts_at) }),
      outcome === 'called off' && states[outcome],
    ]
      .filter(Boolean)
      .join(' · '),
    href: `/people/${subject.id}/meetings/${id}`,
  }))
}

/** Which agency came into the circle and left it, as what. Whom, and how to reach them, is asked for with a reason. */
export const circleLines = async (ask: Ask, at: Through): Promise<Line[]> => {
  const { roles, lines: words } = ask.w.subjects
  const all = await involvementHistory(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  const parts = all.filter(({ agency_id, role }) => role !== 'feed' && mayHearOf(at, agency_id))
  const agencies = await agencyNames(
    ask.tx,
    parts.map(({ agency_id }) => agency_id),
  )
  const line = (id: string, agency_id: string, then: Date, text: string): Line => ({
    id,
    kind: 'involvement',
    agency_id,
    at: then,
    text,
    href: `/people/${at.subject.id}/involved`,
  })
  return parts.flatMap(({ id, agency_id, role, from_at, to_at }) => {
    const who = { role: roles[role], agency: agencies.get(agency_id) ?? '' }
    return [
      line(id, agency_id, from_at, fill(words.began, who)),
      ...(to_at && to_at <= at.now ? [line(id, agency_id, to_at, fill(words.ended, who))] : []),
    ]
  })
}

/** That a warning was given, and that it ended. */
export const warningLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const words = ask.w.subjects.lines
  const given = await warningsGiven(ask.tx, ask.house.keys, worker.partnership, subject.id)
  const href = `/people/${subject.id}/warnings`
  return given.flatMap(({ id, agency_id, words: said, entered_at, ended_at }): Line[] => [
    { id, kind: 'warning', agency_id, at: entered_at, text: fill(words.warned, { said }), href },
    ...(ended_at
      ? [{ id, kind: 'warning', agency_id, at: ended_at, text: fill(words.unwarned, { said }), href } as const]
      : []),
  ])
}
