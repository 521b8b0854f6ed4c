import { pairsToReview, type ToReview } from '../joining/index.ts'
import type { StaffViewer, Tx } from '../platform/index.ts'
import { priorities } from './concern.ts'

/** An open concern that nobody has coloured comes after those that somebody has. */
const not_coloured = priorities.length

/** Pairs that wait for somebody's answer, those of the most urgent open concern first. */
export const reviewQueue = async (tx: Tx, worker: StaffViewer): Promise<ToReview[]> => {
  const open = await tx
    .selectFrom('undecided')
    .leftJoin('priority', (on) =>
      on
        .onRef('priority.partnership_id', '=', 'undecided.partnership_id')
        .onRef('priority.concern_id', '=', 'undecided.concern_id')
        .on('priority.ended_at', 'is', null),
    )
    .select(['undecided.concern_id', 'priority.level'])
    .where('undecided.partnership_id', '=', worker.partnership)
    .execute()
  const rank = (level: string | null): number => {
    const at = priorities.findIndex((one) => one === level)
    return at < 0 ? not_coloured : at
  }
  return pairsToReview(
    tx,
    worker,
    open.map(({ concern_id, level }) => ({ concern: concern_id, rank: rank(level) })),
  )
}
