import { asViewer, type Db } from '../src/platform/index.ts'
import { compile } from '../src/sharing/index.ts'
import type { ManyAgencies } from './many-agencies.ts'

export type RevocationFigures = { rounds: number; reads: number; before: number; late: number }

/**
 * One agency takes its signature back while a hundred of its reads run. A read that began after the commit came back
 * and still found a row is late: there may be none.
 */
export const revokeDuringReads = async (
  db: Db,
  { partnership, agreement, viewers }: ManyAgencies,
  { rounds, readers = 100 }: { rounds: number; readers?: number },
): Promise<RevocationFigures> => {
  const figures: RevocationFigures = { rounds, reads: 0, before: 0, late: 0 }
  const system = { kind: 'system', partnership } as const
  const [viewer] = viewers
  const which = (tx: Parameters<Parameters<typeof asViewer>[2]>[0]) =>
    tx
      .deleteFrom('agreement_withdrawal')
      .where('partnership_id', '=', partnership)
      .where('agency_id', '=', viewer!.agency)
  for (let round = 0; round < rounds; round++) {
    let committed = false
    const reading = Array.from({ length: readers }, async (_, n) => {
      // Spread over the time that the withdrawal takes, so that some begin before and some after it.
      await new Promise((resolve) => setTimeout(resolve, (n % 20) * 1.5))
      const beganAfter = committed
      const seen = await asViewer(db, viewer!, (tx) => tx.selectFrom('entry').select('id').execute())
      figures.reads++
      if (seen.length > 0 && beganAfter) figures.late++
      if (seen.length > 0) figures.before++
    })
    await new Promise((resolve) => setTimeout(resolve, 8))
    await asViewer(db, system, async (tx) => {
      await tx
        .insertInto('agreement_withdrawal')
        .values({
          partnership_id: partnership,
          id: crypto.randomUUID(),
          agreement_id: agreement,
          agency_id: viewer!.agency,
          why: 'proof',
          withdrawn_at: new Date(),
        })
        .execute()
      await compile(tx, partnership)
    })
    committed = true
    await Promise.all(reading)
    await asViewer(db, system, async (tx) => {
      await which(tx).execute()
      await compile(tx, partnership)
    })
  }
  return figures
}
