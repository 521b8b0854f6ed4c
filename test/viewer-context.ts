import { sql } from 'kysely'
import { asViewer, type Db } from '../src/platform/index.ts'
import type { ManyAgencies } from './many-agencies.ts'

export type ContextFigures = { requests: number; rows: number; strangers: number; aborted: number; timedOut: number }

/**
 * Many users over few pooled connections, each seeing only their own agency's rows, with transactions that are thrown
 * away halfway and statements that run out of time. Counts rows that were another's: there may be none.
 */
export const mixContexts = async (
  db: Db,
  { viewers, subjects }: ManyAgencies,
  requests: number,
): Promise<ContextFigures> => {
  const figures: ContextFigures = { requests: 0, rows: 0, strangers: 0, aborted: 0, timedOut: 0 }
  let left = requests
  const user = async (n: number): Promise<void> => {
    while (left-- > 0) {
      const dice = Math.random()
      figures.requests++
      try {
        await asViewer(db, viewers[n]!, async (tx) => {
          if (dice < 0.02) await sql`set local statement_timeout = 1`.execute(tx)
          const seen = await tx.selectFrom('entry').select(['subject_id', 'words_sealed']).execute()
          figures.rows += seen.length
          figures.strangers += seen.filter(
            ({ subject_id, words_sealed }) => subject_id !== subjects[n] || String(words_sealed) !== subjects[n],
          ).length
          if (dice < 0.02) await sql`select pg_sleep(0.02)`.execute(tx)
          if (dice > 0.95) throw new Aborted()
          if (dice > 0.93) await sql`select 1 / 0`.execute(tx)
        })
      } catch (error) {
        const { code } = error as { code?: string }
        if (code === '57014') figures.timedOut++
        else if (error instanceof Aborted || code === '22012') figures.aborted++
        else throw error
      }
    }
  }
  await Promise.all(viewers.map((_, n) => user(n)))
  return figures
}

class Aborted extends Error {}
