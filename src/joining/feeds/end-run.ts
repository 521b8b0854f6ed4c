import { destroyDataKey, record, type Tx, type Viewer } from '../../platform/index.ts'
import type { Refusal, Run } from './feed.ts'

/** Takes away the file and the rows that were read from it. */
export const clearRun = async (tx: Tx, partnership: string, run: string, keep: 'nothing' | 'left out' = 'nothing') => {
  await tx.deleteFrom('feed_part').where('partnership_id', '=', partnership).where('run_id', '=', run).execute()
  await tx
    .deleteFrom('feed_row')
    .where('partnership_id', '=', partnership)
    .where('run_id', '=', run)
    .$if(keep === 'left out', (rows) => rows.where('what', 'not in', ['broken', 'again']))
    .execute()
}

/**
 * Ends a run: its file goes, its key is destroyed, and what is left are counts, and the lines that were left out with the
 * reason. Runs as the product.
 */
export const endRun = async (
  tx: Tx,
  viewer: Viewer,
  run: Pick<Run, 'id' | 'feed_id'>,
  end: { state: 'applied' | 'stopped' | 'refused'; reason?: Refusal; at: Date; detail?: Record<string, number> },
): Promise<void> => {
  const { partnership } = viewer
  await clearRun(tx, partnership, run.id, 'left out')
  await tx
    .updateTable('feed_run')
    .set({ state: end.state, reason: end.reason ?? null, ended_at: end.at, head_sealed: null })
    .where('partnership_id', '=', partnership)
    .where('id', '=', run.id)
    .execute()
  await destroyDataKey(tx, viewer, { kind: 'feed run', id: run.id }, `feed ${end.state}`)
  const detail = { run: run.id, ...(end.reason && { reason: end.reason }), ...end.detail }
  await record(tx, viewer, `feed ${end.state}`, { kind: 'feed', id: run.feed_id }, detail)
}
