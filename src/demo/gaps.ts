import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import type { SubjectFacts } from '../subjects/index.ts'
import { raiseDispute, registerThreshold } from '../support/index.ts'
import type { Stage } from './stage.ts'

const by = z.string()
const daysAgo = z.number()
/** A test that was not met, with what was offered; and where agencies do not agree. Days to come are negative. */
export const thresholdStory = z.strictObject({
  by,
  daysAgo,
  test: z.string(),
  agency: z.string(),
  exploitation: z.string(),
  why: z.string(),
  offer: z.string(),
  offered: z.string(),
})
export const boundaryStory = z.strictObject({
  by,
  daysAgo,
  about: z.string(),
  other: z.string(),
  words: z.string(),
  otherWords: z.string(),
  holder: by,
  answerDaysAgo: daysAgo,
})

const ago = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * 86_400_000)

export const playThreshold = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { by: who, daysAgo: days, agency, ...said }: z.output<typeof thresholdStory>,
): Promise<void> => {
  const at = ago(stage, days)
  await stage.turnTo(tx, stage.called(who), at)
  const notMet = { ...said, agency: stage.agency(agency), decided_on: localDate(at, stage.zone) }
  await registerThreshold(tx, stage.keys, stage.called(who), subject, notMet, at)
}

export const playBoundary = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { by: who, daysAgo: days, about, other, words, otherWords, holder, answerDaysAgo }: z.output<typeof boundaryStory>,
): Promise<void> => {
  const at = ago(stage, days)
  await stage.turnTo(tx, stage.called(who), at)
  const { staff, agency } = stage.called(holder)
  const raising = {
    about,
    other: stage.agency(other),
    words,
    otherWords,
    holder: { staff, agency },
    answer_by: localDate(ago(stage, answerDaysAgo), stage.zone),
  }
  await raiseDispute(tx, stage.keys, stage.called(who), { person: subject }, raising, at)
}
