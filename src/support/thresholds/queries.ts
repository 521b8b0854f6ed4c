import { sql } from 'kysely'
import { asProduct, type Keys, type Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import type { Threshold } from './threshold.ts'

/** What was not met for a person, the latest first, as far as this viewer may see. */
export const thresholdsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<(Threshold & { agency_id: string; entered_at: Date })[]> => {
  type Row = Omit<Threshold, 'why' | 'offered'> & {
    agency_id: string
    entered_at: Date
    key_id: string
    why_sealed: Buffer | null
    offered_sealed: Buffer | null
  }
  const { rows } = await sql<Row>`
    select id, agency_id, test, decided_agency_id, decided_on::text as decided_on, exploitation, why_sealed, offer,
      offered_sealed, key_id, entered_by, entered_at
    from threshold where partnership_id = ${partnership} and subject_id = ${subject} and ended_at is null
    order by decided_on desc, entered_at desc, id`.execute(tx)
  return openRows(tx, keys, partnership, { table: 'threshold', columns: ['why', 'offered'] }, rows)
}

export type Below = { concern: string; test: string; decided_on: string; offer: string; decided_agency_id: string }
/** What decisions about these concerns said was not met, of those this viewer may read. */
export const thresholdsIn = async (tx: Tx, partnership: string, concerns: readonly string[]): Promise<Below[]> => {
  if (concerns.length === 0) return []
  const { rows } = await sql<Below>`
    select concern_id as concern, test, decided_on::text as decided_on, offer, decided_agency_id from threshold
    where partnership_id = ${partnership} and concern_id = any(${concerns}::uuid[]) and ended_at is null
    order by decided_on desc, test`.execute(tx)
  return rows
}

export type Count = { test: string; age_band: string; exploitation: string | null; offer: string; count: number }
/** Counts without names, of everything in the register since a day. Runs as the product: small numbers are the page's to hide. */
export const thresholdCounts = (tx: Tx, partnership: string, since: string): Promise<Count[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Count>`
      select test, age_band, exploitation, offer, count(*)::int as count from support_facts
      where partnership_id = ${partnership} and what = 'threshold not met' and quarter >= ${since}::date
      group by test, age_band, exploitation, offer`.execute(tx)
    return rows
  })
