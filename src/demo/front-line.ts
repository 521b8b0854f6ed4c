import { z } from 'zod'
import told from '../../content/demo/front-line.json' with { type: 'json' }
import {
  answerQuestions,
  answerThemes,
  closeRound,
  openRound,
  say,
  startRound,
  statementCodes,
  tellOutcome,
} from '../learning/index.ts'
import { localDate, newId, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Stage } from './stage.ts'

const words = z.string()
const daysAgo = z.number()
const voice = z.strictObject({
  by: z.string(),
  theme: z.string(),
  level: z.string(),
  who: z.enum(['nobody', 'name', 'name and agency']),
  words,
})
const answer = z.strictObject({
  theme: z.string(),
  daysAgo,
  said: words,
  will: words,
  owner: words,
  byDaysAgo: daysAgo,
  outcomes: z.array(z.strictObject({ daysAgo, became: z.string(), words })),
})
/** Answers stand in the order of the statements. */
const asked = z.strictObject({ level: z.string(), people: z.number(), answers: z.array(z.string()) })
const story = z.strictObject({
  chair: z.string(),
  rounds: z.array(
    z.strictObject({
      openedDaysAgo: daysAgo,
      closedDaysAgo: daysAgo.optional(),
      voices: z.array(voice),
      questions: z.array(asked),
      answer: answer.optional(),
    }),
  ),
})
type Played = z.infer<typeof story>['rounds'][number]

/** What staff said in three rounds: one theme that was answered, one that waits, one that too few spoke on. */
export const playFrontLine = async (tx: Tx, stage: Stage): Promise<void> => {
  const { chair, rounds } = story.parse(told)
  for (const round of rounds) await playRound(tx, stage, stage.called(chair), round)
}

const playRound = async (tx: Tx, stage: Stage, chair: StaffViewer, played: Played): Promise<void> => {
  const { keys, zone } = stage
  const opened = ago(stage, played.openedDaysAgo)
  await stage.turnTo(tx, chair, opened)
  await startRound(tx, keys, chair, opened)
  const { id: round } = (await openRound(tx, chair.partnership))!
  for (const { by, ...said } of played.voices) {
    await stage.turnTo(tx, stage.called(by), opened)
    await say(tx, keys, stage.called(by), said, { at: opened, zone })
  }
  for (const { level, people, answers } of played.questions)
    for (let n = 0; n < people; n++) {
      // More people answer than the demo has accounts; who they are is kept nowhere anyway.
      const somebody = { ...chair, staff: newId() }
      const given = Object.fromEntries(statementCodes.map((code, i) => [code, answers[i]!]))
      await answerQuestions(tx, keys, somebody, { level, answers: given })
    }
  if (played.closedDaysAgo !== undefined) {
    const closed = ago(stage, played.closedDaysAgo)
    await stage.turnTo(tx, chair, closed)
    await closeRound(tx, chair, round, closed)
  }
  if (played.answer) await playAnswer(tx, stage, chair, round, played.answer)
}

const playAnswer = async (
  tx: Tx,
  stage: Stage,
  chair: StaffViewer,
  round: string,
  { theme, daysAgo: days, byDaysAgo, outcomes, ...said }: z.infer<typeof answer>,
): Promise<void> => {
  const at = ago(stage, days)
  await stage.turnTo(tx, chair, at)
  const by_on = localDate(ago(stage, byDaysAgo), stage.zone)
  const id = await answerThemes(tx, chair, { ...said, by_on, themes: [{ round, theme }] }, at)
  for (const { daysAgo: later, ...outcome } of outcomes) {
    await stage.turnTo(tx, chair, ago(stage, later))
    await tellOutcome(tx, chair, id, outcome, ago(stage, later))
  }
}

const ago = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * 86_400_000)
