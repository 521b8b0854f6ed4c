import { sql } from 'kysely'
import { asProduct, type Tx } from '../platform/index.ts'

/**
 * Whom these concerns are about, where somebody said so and this viewer may see that they did. What is known to belong
 * together is the product's; that a person answered is read as the viewer.
 */
export const peopleInConcerns = async (
  tx: Tx,
  partnership: string,
  concerns: readonly string[],
): Promise<{ concern: string; subject: string }[]> => {
  if (concerns.length === 0) return []
  const { rows: known } = await asProduct(tx, () =>
    sql<{ record: string; concern: string; subject: string }>`
      select distinct other.id as record, other.concern_id as concern, own.subject_id as subject
      from noted_record other
        join belonging o on o.partnership_id = other.partnership_id and o.record_id = other.id and o.to_at is null
        join belonging b on b.partnership_id = o.partnership_id and b.known_id = o.known_id and b.to_at is null
        join noted_record own on own.partnership_id = b.partnership_id and own.id = b.record_id
          and own.subject_id is not null and own.withdrawn_at is null
      where other.partnership_id = ${partnership} and other.concern_id = any(${concerns}::uuid[])
        and other.withdrawn_at is null`.execute(tx),
  )
  if (known.length === 0) return []
  const records = known.map(({ record }) => record)
  const { rows: said } = await sql<{ a_id: string; b_id: string }>`
    select a_id, b_id from join_decision where partnership_id = ${partnership} and answer = 'same' and undone_at is null
      and contradicts_id is null and (a_id = any (${records}::uuid[]) or b_id = any (${records}::uuid[]))`.execute(tx)
  const told = new Set(said.flatMap(({ a_id, b_id }) => [a_id, b_id]))
  return known.filter(({ record }) => told.has(record)).map(({ concern, subject }) => ({ concern, subject }))
}
