import { z } from 'zod'
import told from '../../content/demo/contexts.json' with { type: 'json' }
import { concernsNaming, placeWords } from '../concerns/index.ts'
import { areasNamed } from '../partnership/index.ts'
import { localDate, type Tx } from '../platform/index.ts'
import { involve } from '../sharing/index.ts'
import { contextKinds, openContext } from '../subjects/index.ts'
import {
  addAction,
  addSpot,
  assessContext,
  cells,
  contextParts,
  contextQuestions,
  feelings,
  linkConcern,
  nameGuardian,
  sayOfSpot,
  speakers,
  startPlan,
} from '../support/index.ts'
import type { Stage } from './stage.ts'

const by = z.string()
const daysAgo = z.number()
const stories = z.array(
  z.strictObject({
    by,
    daysAgo,
    contact: z.string(),
    kind: z.enum(contextKinds),
    name: z.string(),
    where: z.string(),
    area: z.string(),
    circle: z.array(z.strictObject({ who: by, contact: z.string() })),
    concerns: z.strictObject({ by, naming: z.string() }),
    known: z.strictObject({
      by,
      daysAgo,
      reviewInDays: z.number(),
      words: z.record(z.enum(contextQuestions), z.string()),
    }),
    guardians: z.array(
      z.strictObject({
        by,
        daysAgo,
        role: z.string(),
        agency: z.string().optional(),
        elsewhere: z.string().default(''),
        contact: z.string(),
        does: z.string(),
      }),
    ),
    spots: z.array(
      z.strictObject({
        by,
        name: z.string(),
        cell: z.enum(cells),
        said: z.array(
          z.strictObject({
            daysAgo,
            who: z.enum(speakers),
            feels: z.enum(feelings),
            times: z.string(),
            words: z.string(),
          }),
        ),
      }),
    ),
    actions: z.array(
      z.strictObject({ by, daysAgo, part: z.enum(contextParts), words: z.string(), owner: by, dueDaysAgo: daysAgo }),
    ),
  }),
)
type Story = z.output<typeof stories>[number]

const day = 24 * 60 * 60_000

/** Two places of the demo's own concerns, a flat and a hotel, told by the same verbs as on screen. */
export const playContexts = async (tx: Tx, stage: Stage): Promise<void> => {
  for (const story of stories.parse(told)) await playContext(tx, stage, story)
}

const playContext = async (tx: Tx, stage: Stage, story: Story): Promise<void> => {
  const { keys, now, zone, called, turnTo } = stage
  const before = (days: number): Date => new Date(now.getTime() - days * day)
  const dayBefore = (days: number): string => localDate(before(days), zone)
  const opener = called(story.by)
  const then = before(story.daysAgo)
  await turnTo(tx, opener, then)
  const areas = await areasNamed(tx, opener.partnership)
  const { kind, name, where, contact } = story
  const area = areas.find((one) => one.name === story.area)?.id ?? null
  const name_words = placeWords(keys, opener.partnership, name)
  const about = { kind, name, name_words, where, area }
  const id = await openContext(tx, keys, opener, about, { contact, at: then })
  const facts = { id, adult_from: null }
  await startPlan(tx, opener, facts, { kind: 'context', review_on: dayBefore(story.daysAgo - 84) }, then)
  for (const one of story.circle) {
    const { agency, staff } = called(one.who)
    await involve(tx, opener, { subject: id, agency, staff, role: 'circle', contact: one.contact, at: then })
  }
  const reader = called(story.concerns.by)
  await turnTo(tx, reader, then)
  for (const { id: concern } of await concernsNaming(tx, keys, reader.partnership, story.concerns.naming))
    await linkConcern(tx, reader, { subject: id, concern }, then)
  const { known } = story
  await turnTo(tx, called(known.by), before(known.daysAgo))
  const assessed = { words: known.words, review_on: dayBefore(-known.reviewInDays), begun_from: null }
  await assessContext(tx, keys, called(known.by), id, assessed, before(known.daysAgo))
  for (const { by: who, daysAgo: days, agency, elsewhere, ...said } of story.guardians) {
    await turnTo(tx, called(who), before(days))
    const at = agency ? { agency: stage.agency(agency) } : { agency: null, elsewhere }
    await nameGuardian(tx, keys, called(who), id, { ...said, ...at }, before(days))
  }
  for (const { by: who, name: spotName, cell, said } of story.spots) {
    await turnTo(tx, called(who), then)
    const spot = await addSpot(tx, keys, called(who), id, { name: spotName, cell }, then)
    for (const { daysAgo: days, ...words } of said)
      await sayOfSpot(tx, keys, called(who), id, { spot, ...words, said_on: dayBefore(days) }, before(days))
  }
  for (const { by: who, daysAgo: days, owner, dueDaysAgo, ...todo } of story.actions) {
    await turnTo(tx, called(who), before(days))
    const has = { staff: called(owner).staff, agency: called(owner).agency }
    const action = { ...todo, goal: null, owner: has, due_on: dayBefore(dueDaysAgo) }
    await addAction(tx, keys, called(who), facts, action, before(days))
  }
}
