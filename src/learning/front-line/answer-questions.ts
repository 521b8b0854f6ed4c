import { sql } from 'kysely'
import { asProduct, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { markOf } from './marks.ts'
import { lockOpenRound, mix } from './say.ts'

/** A code of an answer by the code of each statement. */
export type Answers = Readonly<Record<string, string>>

/**
 * Counts somebody's answers to the questions of the round, once a round. They are added to numbers and stand nowhere
 * together, so they can be neither read again nor changed; like a voice they leave no event.
 */
export const answerQuestions = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { level, answers }: { level: string; answers: Answers },
): Promise<'counted' | 'already' | 'no round'> =>
  asProduct(tx, async () => {
    const { partnership } = viewer
    const round = await lockOpenRound(tx, partnership)
    if (!round) return 'no round'
    const mark = await markOf(tx, keys, viewer, round, 'questions')
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('front_line_answered')
      .values({ partnership_id: partnership, round_id: round, mark })
      .onConflict((same) => same.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows !== 1n) return 'already'
    await tx
      .insertInto('front_line_tally')
      .values(
        Object.entries(answers).map(([statement, answer]) => ({
          partnership_id: partnership,
          round_id: round,
          statement,
          level,
          answer,
          people: 1,
        })),
      )
      .onConflict((same) =>
        same
          .columns(['partnership_id', 'round_id', 'statement', 'level', 'answer'])
          .doUpdateSet({ people: sql`front_line_tally.people + 1` }),
      )
      .execute()
    await mix(tx, partnership, round, ['front_line_answered'])
    return 'counted'
  })

/** Whether this person has answered in the round that is open. */
export const hasAnswered = async (tx: Tx, keys: Keys, viewer: StaffViewer, round: string): Promise<boolean> => {
  const mark = await markOf(tx, keys, viewer, round, 'questions')
  return asProduct(tx, async () => {
    const found = await tx
      .selectFrom('front_line_answered')
      .select('mark')
      .where('partnership_id', '=', viewer.partnership)
      .where('round_id', '=', round)
      .where('mark', '=', mark)
      .executeTakeFirst()
    return found !== undefined
  })
}
