import { z } from 'zod'
import told from '../../content/demo/people.json' with { type: 'json' }
import { localDate, type Tx } from '../platform/index.ts'
import { breakGlass, involve, involvementRoles } from '../sharing/index.ts'
import { assessmentStory, playAssessment } from './assessment.ts'
import { disclosureStory, playDisclosure } from './disclosures.ts'
import { mattersStory, playMatters } from './matters.ts'
import { meetingStory, playMeeting } from './meetings.ts'
import { boundaryStory, playBoundary, playThreshold, thresholdStory } from './gaps.ts'
import { eighteenStory, playEighteen } from './eighteen.ts'
import { missingStory, playMissing } from './missing.ts'
import { planStory, playPlan } from './plan.ts'
import { accessStory, disputeStory, playAccess, playDispute } from './rights.ts'
import type { Stage } from './stage.ts'
import { markStory, playMark, playWarning, warningStory } from './warnings.ts'
import { cardStory, playCard } from './story.ts'
import {
  addEntry,
  entryClasses,
  entryKinds,
  identitySchema,
  knownFrom,
  openPerson,
  subjectFacts,
  type SubjectFacts,
} from '../subjects/index.ts'

const by = z.string()
const daysAgo = z.number()
const people = z.array(
  z.strictObject({
    opened: z.strictObject({ by, daysAgo, as: z.enum(involvementRoles), contact: z.string() }),
    // A birthday that moves with the demo, so that a child stays one.
    who: identitySchema
      .omit({ born_on: true })
      .extend({ age: z.strictObject({ years: z.number(), days: z.number() }) }),
    circle: z.array(z.strictObject({ who: by, by, daysAgo, role: z.enum(involvementRoles), contact: z.string() })),
    entries: z.array(
      z.strictObject({
        by,
        daysAgo,
        kind: z.enum(entryKinds),
        class: z.enum(entryClasses),
        handling: z.union([z.literal(0), z.literal(1), z.literal(2)]),
        named: z.array(by).optional(),
        source: z.string(),
        words: z.string(),
        known_from: z.enum(knownFrom).optional(),
        marked: markStory.optional(),
        disputed: disputeStory.optional(),
      }),
    ),
    access: z.array(accessStory).default([]),
    glasses: z.array(z.strictObject({ by, daysAgo, minutes: z.number(), why: z.string() })).default([]),
    disclosures: z.array(disclosureStory).default([]),
    meetings: z.array(meetingStory).default([]),
    story: z.array(cardStory).default([]),
    warnings: z.array(warningStory).default([]),
    assessment: assessmentStory.optional(),
    plan: planStory.optional(),
    eighteen: eighteenStory.optional(),
    thresholds: z.array(thresholdStory).default([]),
    boundaries: z.array(boundaryStory).default([]),
    missing: z.array(missingStory).default([]),
    matters: mattersStory.optional(),
  }),
)

/** A handful of invented people with what several agencies know of them, told by the same verbs as on screen. */
export const playPeople = async (tx: Tx, stage: Stage): Promise<void> => {
  for (const person of people.parse(told)) await playPerson(tx, stage, person)
}

const day = 24 * 60 * 60_000

const playPerson = async (
  tx: Tx,
  stage: Stage,
  {
    opened,
    who,
    circle,
    entries,
    glasses,
    disclosures,
    meetings,
    access,
    story,
    warnings,
    assessment,
    plan,
    eighteen,
    thresholds,
    boundaries,
    missing,
    matters,
  }: z.output<typeof people>[number],
): Promise<void> => {
  const { keys, now, zone, called, turnTo } = stage
  const before = (days: number): Date => new Date(now.getTime() - days * day)
  const opener = called(opened.by)
  const { age, ...said } = who
  await turnTo(tx, opener, before(opened.daysAgo))
  const id = await openPerson(
    tx,
    keys,
    opener,
    { ...said, born_on: bornSoThat(age, localDate(now, zone)) },
    { as: opened.as, contact: opened.contact, at: before(opened.daysAgo) },
  )
  const subject = (await subjectFacts(tx, opener.partnership, id))!
  for (const one of circle) {
    const { agency, staff } = called(one.who)
    await turnTo(tx, called(one.by), before(one.daysAgo))
    await involve(tx, called(one.by), {
      subject: id,
      agency,
      staff,
      role: one.role,
      contact: one.contact,
      at: before(one.daysAgo),
    })
  }
  const acts = [
    ...entries.map((entry) => ({ daysAgo: entry.daysAgo, play: () => playEntry(tx, stage, subject, entry) })),
    ...glasses.map(({ by, daysAgo, minutes, why }) => ({
      daysAgo,
      play: async () => {
        await turnTo(tx, called(by), before(daysAgo))
        await breakGlass(tx, keys, called(by), { subject: id, why, minutes, at: before(daysAgo) })
      },
    })),
    ...disclosures.map((one) => ({
      daysAgo: one.daysAgo,
      play: () => playDisclosure(tx, stage, { subject, circle }, one),
    })),
    ...meetings.map((meeting) => ({
      daysAgo: meeting.calledDaysAgo,
      play: () => playMeeting(tx, stage, subject, meeting),
    })),
  ]
  acts.push(...story.map((one) => ({ daysAgo: one.daysAgo, play: () => playCard(tx, stage, subject, one) })))
  acts.push(...warnings.map((one) => ({ daysAgo: one.daysAgo, play: () => playWarning(tx, stage, subject, one) })))
  acts.push(...access.map((one) => ({ daysAgo: one.daysAgo, play: () => playAccess(tx, stage, subject, one) })))
  acts.push(
    ...missing.map((one) => ({ daysAgo: one.started.daysAgo, play: () => playMissing(tx, stage, subject, one) })),
  )
  if (matters) acts.push({ daysAgo: matters.daysAgo, play: () => playMatters(tx, stage, subject, matters) })
  if (assessment) acts.push({ daysAgo: assessment.daysAgo, play: () => playAssessment(tx, stage, subject, assessment) })
  if (plan) acts.push({ daysAgo: plan.daysAgo, play: () => playPlan(tx, stage, subject, plan) })
  acts.push(...thresholds.map((one) => ({ daysAgo: one.daysAgo, play: () => playThreshold(tx, stage, subject, one) })))
  acts.push(...boundaries.map((one) => ({ daysAgo: one.daysAgo, play: () => playBoundary(tx, stage, subject, one) })))
  if (eighteen) acts.push({ daysAgo: eighteen.daysAgo, play: () => playEighteen(tx, stage, subject, eighteen) })
  for (const { play } of acts.sort((a, b) => b.daysAgo - a.daysAgo)) await play()
}

const playEntry = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  {
    by,
    daysAgo,
    class: data_class,
    named = [],
    disputed,
    marked,
    ...entry
  }: z.output<typeof people>[number]['entries'][number],
): Promise<void> => {
  const { keys, now, called, turnTo } = stage
  const at = new Date(now.getTime() - daysAgo * day)
  await turnTo(tx, called(by), at)
  const id = await addEntry(
    tx,
    keys,
    called(by),
    subject,
    { ...entry, data_class, happened_at: at },
    { at, named: named.map((key) => called(key).staff) },
  )
  const written = { id, agency_id: called(by).agency, data_class, handling: entry.handling }
  if (marked) await playMark(tx, stage, { subject, entry: id, at }, marked)
  if (disputed) await playDispute(tx, stage, subject, written, disputed)
}

/** The birthday of somebody of these stories, by their name. */
export const bornOf = (name: string, today: string): string =>
  bornSoThat(people.parse(told).find(({ who }) => who.name === name)!.who.age, today)

/** The birthday of somebody who is so many years and days old on a day. */
const bornSoThat = ({ years, days }: { years: number; days: number }, today: string): string => {
  const then = new Date(Date.parse(`${today}T00:00:00Z`) - days * day)
  then.setUTCFullYear(then.getUTCFullYear() - years)
  return then.toISOString().slice(0, 10)
}
