import type { Tx } from '../platform/index.ts'

export type ConcernSeen = { id: string; reference: string; agency_id: string; received_at: Date }

/** Which of these concerns row-level security shows this viewer, by reference and nothing of what was said. */
export const concernsSeen = async (tx: Tx, partnership: string, ids: readonly string[]): Promise<ConcernSeen[]> => {
  if (ids.length === 0) return []
  return tx
    .selectFrom('concern')
    .select(['id', 'reference', 'agency_id', 'received_at'])
    .where('partnership_id', '=', partnership)
    .where('id', 'in', ids)
    .orderBy('received_at', 'desc')
    .execute()
}
