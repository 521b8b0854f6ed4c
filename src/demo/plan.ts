import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import type { SubjectFacts } from '../subjects/index.ts'
import {
  addAction,
  addGoal,
  holdReview,
  planKinds,
  planParts,
  planRungs,
  sayOf,
  startPlan,
  takeStep,
  whoses,
} from '../support/index.ts'
import type { Stage } from './stage.ts'

const by = z.string()
const daysAgo = z.number()
/** A plan as it came about. Days to come are negative. */
export const planStory = z.strictObject({
  by,
  daysAgo,
  kind: z.enum(planKinds),
  reviewDaysAgo: daysAgo,
  goals: z.array(z.strictObject({ by, daysAgo, part: z.enum(planParts), whose: z.enum(whoses), words: z.string() })),
  actions: z.array(
    z.strictObject({
      by,
      daysAgo,
      part: z.enum(planParts),
      words: z.string(),
      owner: z.union([by, z.strictObject({ name: z.string(), agency: z.string() })]),
      dueDaysAgo: daysAgo,
      then: z
        .array(
          z.strictObject({
            by,
            daysAgo,
            said: z.enum(['stuck', 'next step', 'done', 'not done']),
            words: z.string(),
            dueDaysAgo: daysAgo.optional(),
          }),
        )
        .default([]),
    }),
  ),
  reviews: z.array(
    z.strictObject({
      by,
      daysAgo,
      nextDaysAgo: daysAgo,
      changed: z.string(),
      decisions: z.string(),
      person: z.union([z.strictObject({ view: z.string() }), z.strictObject({ unheard: z.string() })]),
    }),
  ),
  steps: z
    .array(
      z.strictObject({
        by,
        daysAgo,
        to: z.enum(planRungs),
        safer: z.string(),
        stays: z.string(),
        signs: z.string(),
        back: z.string(),
      }),
    )
    .default([]),
})

export const playPlan = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { kind, goals, actions, reviews, steps, ...plan }: z.output<typeof planStory>,
): Promise<void> => {
  const { keys, called } = stage
  const ago = (days: number): Date => new Date(stage.now.getTime() - days * 86_400_000)
  const dayOf = (days: number): string => localDate(ago(days), stage.zone)
  const act = async (one: { by: string; daysAgo: number }) => {
    const viewer = called(one.by)
    const at = ago(one.daysAgo)
    await stage.turnTo(tx, viewer, at)
    return { viewer, at }
  }
  const begun = await act(plan)
  await startPlan(tx, begun.viewer, subject, { kind, review_on: dayOf(plan.reviewDaysAgo) }, begun.at)
  for (const goal of goals) {
    const { viewer, at } = await act(goal)
    await addGoal(tx, keys, viewer, subject, goal, at)
  }
  for (const { part, words, owner, dueDaysAgo, then, ...one } of actions) {
    const { viewer, at } = await act(one)
    const who =
      typeof owner === 'string'
        ? { staff: called(owner).staff, agency: called(owner).agency }
        : { staff: null, name: owner.name, agency: stage.agency(owner.agency) }
    const said = { part, words, goal: null, owner: who, due_on: dayOf(dueDaysAgo) }
    const id = await addAction(tx, keys, viewer, subject, said, at)
    for (const next of then) {
      const acted = await act(next)
      const saying = {
        said: next.said,
        words: next.words,
        ...(next.dueDaysAgo !== undefined && { due_on: dayOf(next.dueDaysAgo) }),
      }
      await sayOf(tx, acted.viewer, { keys, subject, action: { id, part } }, saying, acted.at)
    }
  }
  for (const { changed, decisions, person, nextDaysAgo, ...one } of reviews) {
    const { viewer, at } = await act(one)
    const days = { held_on: dayOf(one.daysAgo), next_on: dayOf(nextDaysAgo) }
    await holdReview(tx, keys, viewer, subject, { kind, changed, decisions, person, ...days }, at)
  }
  for (const { by: who, daysAgo: days, ...step } of steps) {
    const { viewer, at } = await act({ by: who, daysAgo: days })
    await takeStep(tx, keys, viewer, subject, { way: 'down', ...step }, at)
  }
}
