import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { hitsIn, keyOf, type Hit } from './redact.ts'
import { writtenIn } from './read.ts'

export type HitSeen = Hit & { confirmed: boolean }

/** Everything in a report that looks like it could tell who somebody is, and whether a person found it fine as it stands. */
export const hitsOf = async (tx: Tx, partnership: string, report: string): Promise<HitSeen[]> => {
  const { rows } = await sql<Pick<Hit, 'kind' | 'found' | 'sentence'>>`select kind, found, sentence from redaction_check
    where partnership_id = ${partnership} and report_id = ${report}`.execute(tx)
  const fine = new Set(rows.map(keyOf))
  return hitsIn(await writtenIn(tx, partnership, report)).map((hit) => ({ ...hit, confirmed: fine.has(keyOf(hit)) }))
}

/** Keeps that somebody read one hit in its sentence and found it fine. */
export const confirmHit = (
  tx: Tx,
  viewer: StaffViewer,
  { report, hit: { kind, found, sentence } }: { report: string; hit: Hit },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const said = { kind, found, sentence, confirmed_by: viewer.staff, confirmed_at: at }
      await inner
        .insertInto('redaction_check')
        .values({ partnership_id: viewer.partnership, id: newId(), report_id: report, ...said })
        .execute()
      await record(inner, viewer, 'learning report checked', { kind: 'learning report', id: report }, { hit: kind })
    }),
  )
