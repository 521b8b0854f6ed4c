import { z } from 'zod'
import { asProduct, localDate, newId, type Tx } from '../platform/index.ts'
import type { SubjectFacts } from '../subjects/index.ts'
import {
  assessmentAsks,
  assessmentFor,
  assessmentPurposes,
  finishAssessment,
  finishedEntry,
  readWritten,
  startAssessment,
  writeAnswers,
} from '../support/index.ts'
import { wordsIn } from '../web/index.ts'
import type { Stage } from './stage.ts'

/** An assessment that was started one day and finished another. An answer is words, or codes of its list. */
export const assessmentStory = z.strictObject({
  by: z.string(),
  daysAgo: z.number(),
  finishedDaysAgo: z.number(),
  purpose: z.enum(assessmentPurposes),
  reviewInDays: z.number(),
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
})

export const playAssessment = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { by, daysAgo, finishedDaysAgo, purpose, reviewInDays, answers }: z.output<typeof assessmentStory>,
): Promise<void> => {
  const { keys, now, zone, turnTo } = stage
  const viewer = stage.called(by)
  const hence = (days: number): Date => new Date(now.getTime() + days * 86_400_000)
  const begun = hence(-daysAgo)
  await turnTo(tx, viewer, begun)
  const id = await startAssessment(tx, keys, viewer, subject, purpose, begun)
  // Lena states no purpose in a story, so what she has just written is read as the product.
  const assessment = await asProduct(tx, () => assessmentFor(tx, viewer.partnership, subject.id, id))
  const at = hence(-finishedDaysAgo)
  await turnTo(tx, viewer, at)
  const review_on = localDate(hence(reviewInDays), zone).split('-').reverse().join('/')
  const typed = Object.entries({ ...answers, review_on }).map(([field, said]) => {
    if (!assessmentAsks(purpose).some(({ name }) => name === field))
      throw new Error(`The demo answers ${field} in an assessment, which is not asked.`)
    return { field, words: [said].flat().join('\n'), read: [] }
  })
  await writeAnswers(tx, keys, viewer, assessment, { sitting: newId(), typed, event: 'assessment written', at })
  const written = await asProduct(tx, () => readWritten(tx, keys, viewer.partnership, id))
  const entry = finishedEntry(wordsIn('en'), purpose, written)
  await finishAssessment(tx, keys, viewer, assessment, { written, entry, at, today: localDate(at, zone) })
}
