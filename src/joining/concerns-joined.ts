import { sql } from 'kysely'
import { asProduct, type Tx } from '../platform/index.ts'

/** The concerns that an answer "same" about people, which still stands, says are about somebody; for the product alone. */
export const concernsJoinedBy = (tx: Tx, partnership: string, decision: string): Promise<string[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ concern: string }>`
      select distinct r.concern_id as concern from join_decision d
      join noted_record r on r.partnership_id = d.partnership_id and r.id in (d.a_id, d.b_id) and r.kind = 'person'
        and r.concern_id is not null and r.withdrawn_at is null
      where d.partnership_id = ${partnership} and d.id = ${decision} and d.answer = 'same' and d.undone_at is null
        and d.contradicts_id is null`.execute(tx)
    return rows.map(({ concern }) => concern)
  })

/** People whose record is very likely the same as somebody in a concern, and nobody has answered; for the product alone. */
export const peopleLikelyIn = (tx: Tx, partnership: string, concern: string): Promise<string[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ subject: string }>`
      select distinct s.subject_id as subject from noted_record c
      join proposal p on p.partnership_id = c.partnership_id and c.id in (p.a_id, p.b_id) and p.band = 'strong'
        and p.kind = 'person' and p.settled_at is null
      join noted_record s on s.partnership_id = p.partnership_id and s.id in (p.a_id, p.b_id) and s.subject_id is not null
        and s.withdrawn_at is null
      where c.partnership_id = ${partnership} and c.concern_id = ${concern} and c.withdrawn_at is null`.execute(tx)
    return rows.map(({ subject }) => subject)
  })
