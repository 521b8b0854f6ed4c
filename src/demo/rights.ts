import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import { askAccess, capacities, dispute, saidBy, type SubjectFacts } from '../subjects/index.ts'
import type { Stage } from './stage.ts'

/** Somebody asks to see what an agency holds. `by` writes it down. */
export const accessStory = z.strictObject({
  by: z.string(),
  daysAgo: z.number(),
  capacity: z.enum(capacities),
  asker: z.string(),
})
/** Somebody does not agree with an entry, in their words. */
export const disputeStory = z.strictObject({
  by: z.string(),
  daysAgo: z.number(),
  saidBy: z.enum(saidBy),
  words: z.string(),
})

const before = ({ now }: Stage, days: number): Date => new Date(now.getTime() - days * 86_400_000)

export const playAccess = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { by, daysAgo, capacity, asker }: z.output<typeof accessStory>,
): Promise<void> => {
  const viewer = stage.called(by)
  const now = before(stage, daysAgo)
  await stage.turnTo(tx, viewer, now)
  const asked = { agency: viewer.agency, capacity, asker, asked_on: localDate(now, stage.zone) }
  await askAccess(tx, stage.keys, { viewer, subject, now }, asked)
}

type Disputed = Parameters<typeof dispute>[3]

export const playDispute = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  entry: Disputed,
  { by, daysAgo, saidBy: said_by, words }: z.output<typeof disputeStory>,
): Promise<void> => {
  const viewer = stage.called(by)
  const at = before(stage, daysAgo)
  await stage.turnTo(tx, viewer, at)
  const said = { words, said_by, said_on: localDate(at, stage.zone), at }
  await dispute(tx, stage.keys, viewer, entry, subject.id, said)
}
