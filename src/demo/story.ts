import { z } from 'zod'
import { localDate, type Tx } from '../platform/index.ts'
import { cards, hows, notAskedAgain, readerKinds, writeCard, type SubjectFacts } from '../subjects/index.ts'
import type { Stage } from './stage.ts'

/** What somebody said once, in their words, and who may read it. `by` writes it down. */
export const cardStory = z.strictObject({
  by: z.string(),
  daysAgo: z.number(),
  card: z.enum(cards),
  how: z.enum(hows),
  words: z.string(),
  readers: z.enum(readerKinds),
  agencies: z.array(z.string()).default([]),
  /** How many questions of a form it answered. */
  spared: z.number().default(0),
})

export const playCard = async (
  tx: Tx,
  stage: Stage,
  subject: SubjectFacts,
  { by, daysAgo, agencies, spared, ...said }: z.output<typeof cardStory>,
): Promise<void> => {
  const viewer = stage.called(by)
  const at = new Date(stage.now.getTime() - daysAgo * 86_400_000)
  await stage.turnTo(tx, viewer, at)
  const said_on = localDate(at, stage.zone)
  await writeCard(tx, stage.keys, viewer, subject, { ...said, said_on, agencies: agencies.map(stage.agency) }, at)
  await notAskedAgain(tx, viewer, subject.id, { form: 'screening', questions: spared }, at)
}
