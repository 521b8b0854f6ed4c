import type { Tx } from '../../platform/index.ts'
import type { Told } from './held-back.ts'

/** What a group of levels answered to one statement in a closed round. */
export type Result = Told & { round_id: string; statement: string; levels: string; answer: string; people: number }

export const resultsOf = (tx: Tx, partnership: string): Promise<Result[]> =>
  tx
    .selectFrom('front_line_result')
    .select(['round_id', 'statement', 'levels', 'answer', 'least', 'most', 'people'])
    .where('partnership_id', '=', partnership)
    .execute()

/** Who agrees of each group, from those who work with people upwards, as percentages. */
export type Agreed = Told & { levels: string; people: number; result: Result }
export const agreedIn = (
  results: readonly Result[],
  round: string,
  statement: string,
  order: readonly string[],
): Agreed[] =>
  results
    .filter((one) => one.round_id === round && one.statement === statement && one.answer === 'agree')
    .map((result) => ({
      levels: result.levels,
      people: result.people,
      least: percent(result.least, result.people),
      most: percent(result.most, result.people),
      result,
    }))
    .sort((a, b) => order.indexOf(lowest(a.levels)) - order.indexOf(lowest(b.levels)))

const percent = (part: number, whole: number): number => Math.round((100 * part) / whole)
const lowest = (levels: string): string => levels.split('+')[0]!

/**
 * How much further from the top than from the front line a statement looks true, in percentage points: above nought where
 * those at the top agree more. Undefined where one end is missing.
 */
export const gapOf = (agreed: readonly Agreed[]): Told | undefined => {
  const [front, top] = [agreed[0], agreed.at(-1)]
  if (!front || !top || front === top) return undefined
  return { least: top.least - front.most, most: top.most - front.least }
}
