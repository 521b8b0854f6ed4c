import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import { amendEntry, chronologyOf, pinEntry, significances, warn, weighEntry } from '../subjects/index.ts'
import type { SubjectFacts } from '../subjects/index.ts'
import type { Stage } from './stage.ts'

const day = 86_400_000

/** What whoever rings or goes there has to know first; looked at again by a day that moves with the demo. */
export const warningStory = z.strictObject({
  by: z.string(),
  daysAgo: z.number(),
  words: z.string(),
  reviewInDays: z.number(),
})

export const playWarning = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { by, daysAgo, words, reviewInDays }: z.output<typeof warningStory>,
): Promise<void> => {
  const viewer = stage.called(by)
  const at = new Date(stage.now.getTime() - daysAgo * day)
  await stage.turnTo(tx, viewer, at)
  const review_on = localDate(new Date(stage.now.getTime() + reviewInDays * day), stage.zone)
  await warn(tx, stage.keys, viewer, subject, { words, review_on, handling: 0 }, at)
}

/** What somebody did beside an entry afterwards. */
export const markStory = z.strictObject({
  by: z.string(),
  significance: z.enum(significances).optional(),
  pinned: z.boolean().default(false),
  amended: z.strictObject({ daysAgo: z.number(), words: z.string() }).optional(),
})

export const playMark = async (
  tx: Tx,
  stage: Stage,
  { subject, entry: only, at }: { subject: SubjectFacts; entry: string; at: Date },
  { by, significance, pinned, amended }: z.output<typeof markStory>,
): Promise<void> => {
  const { keys, called, turnTo, now } = stage
  const viewer = called(by)
  await turnTo(tx, { kind: 'system', partnership: viewer.partnership }, at)
  const [entry] = await chronologyOf(tx, keys, viewer.partnership, subject.id, { only })
  await turnTo(tx, viewer, at)
  if (significance) await weighEntry(tx, viewer, subject.id, entry!, significance, at)
  if (pinned) await pinEntry(tx, viewer, subject.id, entry!, at)
  if (!amended) return
  const then = new Date(now.getTime() - amended.daysAgo * day)
  await turnTo(tx, viewer, then)
  await amendEntry(tx, keys, viewer, { entry: entry!, subject }, amended.words, then)
}
