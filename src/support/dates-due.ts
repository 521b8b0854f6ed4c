import { abreast, localDate } from '../platform/index.ts'
import { disputesDue, mattersDue, meetingsOf, warningsOf, type Through } from '../subjects/index.ts'
import { fill, type Ask } from '../web/index.ts'
import { assessmentsDue } from './assessment/due.ts'
import { missingDue } from './missing/due.ts'
import { contextDue } from './contexts/due.ts'
import { disruptionDue } from './disruption/due.ts'
import { packsDue } from './packs/due.ts'
import { explainDue } from './panels/explain-due.ts'
import { planDue } from './plan/due.ts'
import { transitionDue } from './transition/due.ts'

/** A day by which, or on which, something is to happen for a person; `waits` where it is the day since when it waits, by no day. */
export type DateDue = { on: string; what: string; href?: string; waits?: boolean }
type Due = (ask: Ask, at: Through) => Promise<DateDue[]>

const meetings: Due = async (ask, at) => {
  const all = await meetingsOf(ask.tx, at.worker.partnership, at.subject.id)
  return all
    .filter(({ outcome }) => outcome === null)
    .map(({ id, kind, starts_at }) => ({
      on: localDate(starts_at, ask.place.zone),
      what: ask.w.subjects.meetings.kinds[kind],
      href: `/people/${at.subject.id}/meetings/${id}`,
    }))
}

/** What they do not agree with, where the viewer's agency has to answer. */
const disputes: Due = async (ask, at) =>
  (await disputesDue(ask.tx, at.worker, at.subject.id)).map(({ id, entry_id, due_on }) => ({
    on: due_on,
    what: ask.w.support.next.dispute,
    href: `/people/${at.subject.id}/entries/${entry_id}/disputed/${id}`,
  }))

/** Warnings that somebody has to look at again. */
const warnings: Due = async (ask, at) =>
  (await warningsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)).map(({ review_on, words }) => ({
    on: review_on,
    what: fill(ask.w.support.next.warning, { said: words }),
    href: `/people/${at.subject.id}/warnings`,
  }))

/** The birthday on which the law that counts becomes another, from a year before. */
const eighteenth: Due = async (ask, { subject, today }) => {
  const on = subject.adult_from
  if (on === null || on <= today || on > yearAfter(today)) return []
  return [{ on, what: ask.w.support.next.eighteenth }]
}
const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

/** Every room that keeps days for a person, and asks them of the database as this viewer. */
const all: readonly Due[] = [
  meetings,
  disputes,
  warnings,
  mattersDue,
  assessmentsDue,
  planDue,
  transitionDue,
  missingDue,
  contextDue,
  packsDue,
  disruptionDue,
  explainDue,
  eighteenth,
]

/** What is due for a person and when, as far as the viewer may see, the most overdue first. */
export const datesDue: Due = async (ask, at) => {
  const dates = await abreast(ask.tx, ...all.map((due) => () => due(ask, at)))
  return dates.flat().sort((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)))
}
