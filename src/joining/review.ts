import { sql } from 'kysely'
import { asProduct, isFrontDoor, NotFound, type StaffViewer, type Tx } from '../platform/index.ts'
import { exactModel, personModel } from './model.ts'
import type { Kind } from './standard.ts'

/** How urgent a concern is: the least number first. */
export type Urgent = { concern: string; rank: number }
export type ToReview = {
  id: string
  kind: Kind
  a_id: string
  b_id: string
  weight: number
  concern: string | null
  rank: number
}

/** So many are put in order at once; nobody goes through more in a day. */
export const most_queued = 500

/**
 * Pairs that somebody has to look at, the most urgent concern first and then those nearest to the boundary of what is
 * nearly certain. What this reader was not sure of before waits for somebody else.
 * Among them, and like any other, are those that are asked blindly.
 * @throws {NotFound} for whoever does not decide
 */
export const pairsToReview = async (tx: Tx, worker: StaffViewer, urgent: readonly Urgent[]): Promise<ToReview[]> => {
  if (!isFrontDoor(worker)) throw new NotFound()
  const { partnership, staff } = worker
  const { rows } = await asProduct(tx, () =>
    sql<ToReview>`
      select p.id, p.kind, p.a_id, p.b_id, p.weight, coalesce(u.concern, a.concern_id, b.concern_id) as concern, coalesce(u.rank, 9) as rank
      from proposal p
      join noted_record a on a.partnership_id = p.partnership_id and a.id = p.a_id and a.withdrawn_at is null
      join noted_record b on b.partnership_id = p.partnership_id and b.id = p.b_id and b.withdrawn_at is null
      join belonging x on x.partnership_id = p.partnership_id and x.record_id = p.a_id and x.to_at is null
      join belonging y on y.partnership_id = p.partnership_id and y.record_id = p.b_id and y.to_at is null
      left join lateral (select o.concern, o.rank
        from jsonb_to_recordset(${JSON.stringify(urgent)}::jsonb) as o (concern uuid, rank int)
        where o.concern in (a.concern_id, b.concern_id) order by o.rank, o.concern limit 1) u on true
      left join lateral (select bool_or(s.id is null and d.id is null) as open, bool_or(s.id is not null) as answered
        from pair_question q
        left join pair_answer s on s.partnership_id = q.partnership_id and s.question_id = q.id and s.staff_id = ${staff}
        left join join_decision d on d.partnership_id = q.partnership_id and d.id = q.decision_id and d.staff_id = ${staff}
        where q.partnership_id = p.partnership_id and q.a_id = p.a_id and q.b_id = p.b_id and q.closed_at is null) q on true
      where p.partnership_id = ${partnership} and (q.open or p.settled_at is null and p.band = 'look'
        and x.known_id <> y.known_id and q.answered is not true
        and not exists (select from join_decision d where d.partnership_id = p.partnership_id and d.a_id = p.a_id
          and d.b_id = p.b_id and d.staff_id = ${staff} and d.undone_at is null and d.at >= p.made_at))
      order by coalesce(u.rank, 9),
        abs(p.weight - case p.kind when 'person' then ${personModel().model.thresholds.strong}::float8
          else ${exactModel.thresholds.strong}::float8 end), p.id
      limit ${most_queued}`.execute(tx),
  )
  return rows
}
