import { sql } from 'kysely'
import { asProduct, type Tx } from '../platform/index.ts'

/**
 * Concerns in which somebody said that this person is meant, by an answer "same" that stands and that the viewer reads
 * under its own row-level security. What of each concern they may see is asked of the concern.
 */
export const concernsAbout = async (tx: Tx, partnership: string, subject: string): Promise<string[]> => {
  const { rows: known } = await asProduct(tx, () =>
    sql<{ record: string; concern: string }>`
      select distinct other.id as record, other.concern_id as concern
      from noted_record own
        join belonging b on b.partnership_id = own.partnership_id and b.record_id = own.id and b.to_at is null
        join belonging o on o.partnership_id = b.partnership_id and o.known_id = b.known_id and o.to_at is null
        join noted_record other on other.partnership_id = o.partnership_id and other.id = o.record_id
          and other.concern_id is not null and other.withdrawn_at is null
      where own.partnership_id = ${partnership} and own.subject_id = ${subject} and own.withdrawn_at is null`.execute(
      tx,
    ),
  )
  if (known.length === 0) return []
  const records = known.map(({ record }) => record)
  const { rows: said } = await sql<{ a_id: string; b_id: string }>`
    select a_id, b_id from join_decision where partnership_id = ${partnership} and answer = 'same' and undone_at is null
      and contradicts_id is null and (a_id = any (${records}::uuid[]) or b_id = any (${records}::uuid[]))`.execute(tx)
  const told = new Set(said.flatMap(({ a_id, b_id }) => [a_id, b_id]))
  return [...new Set(known.filter(({ record }) => told.has(record)).map(({ concern }) => concern))]
}
