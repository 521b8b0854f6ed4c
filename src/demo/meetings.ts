import { z } from 'zod'
import type { Tx } from '../platform/index.ts'
import {
  addAttendee,
  callMeeting,
  declare,
  endMeeting,
  meetingFor,
  meetingKinds,
  type SubjectFacts,
} from '../subjects/index.ts'
import type { Stage } from './stage.ts'

const by = z.string()
const daysAgo = z.number()
const ground = { purpose: z.string(), basis: z.string(), condition: z.string().default('') }
/** A meeting about a person; a negative number of days ago is still to come. */
export const meetingStory = z.strictObject({
  by,
  calledDaysAgo: daysAgo,
  daysAgo,
  kind: z.enum(meetingKinds),
  ...ground,
  place: z.string(),
  handling: z.union([z.literal(0), z.literal(1)]),
  comes: z.array(z.union([by, z.strictObject({ name: z.string() })])),
  declared: z.array(by),
  outcome: z.strictObject({ words: z.string(), entry: z.string() }).nullable(),
})

const before = ({ now }: Stage, days: number): Date => new Date(now.getTime() - days * 24 * 60 * 60_000)

export const playMeeting = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  meeting: z.output<typeof meetingStory>,
) => {
  const { keys, called, turnTo } = stage
  const viewer = called(meeting.by)
  const { calledDaysAgo, daysAgo, comes, declared, outcome, by: _, ...calling } = meeting
  const calledAt = before(stage, calledDaysAgo)
  const startsAt = before(stage, daysAgo)
  await turnTo(tx, viewer, calledAt)
  const id = await callMeeting(tx, keys, viewer, subject, { ...calling, starts_at: onTheHour(startsAt) }, calledAt)
  const of = { id, subject_id: subject.id, agency_id: viewer.agency, outcome: null }
  for (const one of comes) {
    const coming = typeof one === 'string' ? { staff: called(one).staff } : { ...one, agency: null }
    await addAttendee(tx, keys, viewer, of, coming, calledAt)
  }
  if (!outcome) return
  // What it is read for is asked of the agreement on screen; the demo is played by the product, which sees it.
  await turnTo(tx, { kind: 'system', partnership: viewer.partnership }, startsAt)
  const whole = await meetingFor(tx, keys, viewer.partnership, { subject: subject.id, id })
  await turnTo(tx, viewer, startsAt)
  for (const key of declared) {
    const attendee = whole.attendees.find(({ staff_id }) => staff_id === called(key).staff)
    if (attendee) await declare(tx, viewer, { meeting: whole, attendee }, 'confidential', startsAt)
  }
  await endMeeting(
    tx,
    keys,
    viewer,
    { subject, meeting: whole },
    { ...outcome, outcome: 'held', disclosures: [] },
    before(stage, Math.max(0, daysAgo - 0.1)),
  )
}

const onTheHour = (at: Date): Date => new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000)
