import { abreast } from '../../platform/index.ts'
import { concernsSeen } from '../../concerns/index.ts'
import { concernsAbout } from '../../joining/index.ts'
import { alertsAbout } from '../../sharing/index.ts'
import { circleLines, matterLines, meetingLines, warningLines, type Line, type Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { missingLines } from '../missing/lines.ts'
import { contextLines } from '../contexts/lines.ts'
import { gapLines } from '../gaps/lines.ts'
import { disruptionLines } from '../disruption/lines.ts'
import { packLines } from '../packs/lines.ts'
import { planLines } from '../plan/lines.ts'
import { transitionLines } from '../transition/lines.ts'

type Source = (ask: Ask, at: Through) => Promise<Line[]>

/** Concerns that somebody said are about this person, and which the viewer may read. */
const concerns: Source = async (ask, at) => {
  const known = await concernsAbout(ask.tx, at.worker.partnership, at.subject.id)
  const seen = await concernsSeen(ask.tx, at.worker.partnership, known)
  const words = ask.w.support.chronology
  return seen.map(({ id, agency_id, reference, received_at }) => ({
    id,
    kind: 'concern',
    agency_id,
    at: received_at,
    text: fill(words.concern, { reference }),
    href: `/concerns/${id}`,
  }))
}

/** Told to those whom alerts are told to, and to nobody else. */
const alerts: Source = async (ask, at) =>
  (await alertsAbout(ask.tx, at.worker.partnership, at.subject.id)).map(({ id, kind, agency_id, raised_at }) => ({
    id,
    kind: 'alert',
    agency_id,
    at: raised_at,
    text: ask.w.alerts.kinds[kind],
    href: `/alerts/${id}`,
  }))

/** What the rooms' own rows tell of a person: read each time as this viewer, never copied (decisions/015). */
const sources: Readonly<Record<Line['kind'], Source>> = {
  concern: concerns,
  meeting: meetingLines,
  involvement: circleLines,
  warning: warningLines,
  alert: alerts,
  plan: planLines,
  transition: transitionLines,
  missing: missingLines,
  'who matters': matterLines,
  context: contextLines,
  gap: gapLines,
  referral: packLines,
  disruption: disruptionLines,
}
export const lineKinds = Object.keys(sources) as Line['kind'][]

/** All of them, as this viewer. */
export const linesOf = async (ask: Ask, at: Through): Promise<Line[]> => {
  const told = await abreast(ask.tx, ...Object.values(sources).map((source) => () => source(ask, at)))
  return told.flat()
}
