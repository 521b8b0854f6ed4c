import { sql } from 'kysely'
import type { Keys, StaffViewer, Tx } from '../platform/index.ts'
import { nameOf } from '../staff/index.ts'
import type { Channel, Frame, Priority } from './concern.ts'
import { frameOf, newestFirst, openQuestion, pageOf, type QueueFilter } from './queue-order.ts'
import { extract, openRows, wrappedKey } from './sealed.ts'

export type QueueRow = {
  id: string
  reference: string
  received_at: Date
  channel: Channel
  setting: string | null
  frame: Frame | 'not known'
  danger_now: boolean
  extract: string
  place: string
  postcode: string | null
  level: Priority | null
  holder: string | null
  /** Null where nobody holds it, or the reader may not know who. */
  holder_name: string | null
  clock: string | null
  started_at: Date | null
  at_risk_at: Date | null
  due_at: Date | null
  clock_unit: string | null
  clock_amount: string | null
  paused_from: Date[]
  paused_to: (Date | null)[]
  route: string | null
  decided_at: Date | null
  unheard: boolean
  fresh: boolean
  asked_reporter: boolean
  checks_asked: number
  checks_answered: number
  /** Other concerns in which the same was said, as far as `many_shared`. */
  shared: number
}

type SealedQueueRow = Omit<QueueRow, 'extract' | 'place'> & {
  worry: Buffer
  place: Buffer
  key_id: string
  wrapped: Buffer | null
}

/** From so many on, the others that share something are 'many': a plate says something, a whole street's postcode little. */
export const many_shared = 10
/**
 * One page of the queue in one statement: the matches are found and put in order first, then everything a row shows is
 * looked up for the rows of that page alone.
 * @param today YYYY-MM-DD in the partnership's zone: the day that ages are counted on
 */
export const queuePage = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  filter: QueueFilter,
  { now, today }: { now: Date; today: string },
): Promise<{ total: number; rows: QueueRow[] }> => {
  const { rows } = await sql<SealedQueueRow & { total: number }>`
    with ${pageOf(worker, keys, filter, { now, today })}
    select p.total, c.id, c.reference, c.received_at, c.channel, c.setting, c.danger_now, c.worry, c.place, c.key_id,
      ${wrappedKey(worker.partnership, 'c.key_id')} as wrapped, c.postcode, ${frameOf(today)} as frame,
      pr.level, h.staff_id as holder, ${nameOf(sql`h.staff_id`)} as holder_name, r.clock, r.started_at, r.at_risk_at, r.due_at, k.unit as clock_unit, k.amount as clock_amount,
      coalesce(z.paused_from, '{}') as paused_from, coalesce(z.paused_to, '{}') as paused_to,
      d.route, d.decided_at,
      exists (select from escalation e where e.partnership_id = c.partnership_id and e.concern_id = c.id and e.answered_at is null) as unheard,
      exists (select from message m where m.partnership_id = c.partnership_id and m.concern_id = c.id
        and m.direction = 'from reporter' and m.read_at is null) as fresh,
      ${openQuestion(sql`c.id`, worker)} as asked_reporter,
      a.asked as checks_asked, a.answered as checks_answered,
      (select least(count(distinct o.concern_id), ${sql.lit(many_shared)})::int from detail a
        cross join lateral (select b.concern_id from detail b
          where b.partnership_id = a.partnership_id and b.kind = a.kind and b.key = a.key and b.concern_id <> a.concern_id
          limit ${sql.lit(many_shared)}) o
        where a.partnership_id = c.partnership_id and a.concern_id = c.id and a.key is not null) as shared
    from page p
    join concern c on c.partnership_id = ${worker.partnership} and c.id = p.id
    left join priority pr on pr.partnership_id = c.partnership_id and pr.concern_id = c.id and pr.ended_at is null
    left join holding h on h.partnership_id = c.partnership_id and h.concern_id = c.id and h.to_at is null
    left join decision d on d.partnership_id = c.partnership_id and d.concern_id = c.id and d.replaced_at is null
    left join lateral (
      select r.id, r.clock, r.started_at, r.at_risk_at, r.due_at from clock_run r
      where r.partnership_id = c.partnership_id and r.concern_id = c.id and r.stopped_at is null and r.clock <> 'partner-check-reply'
      order by exists (select from clock_pause z where z.partnership_id = r.partnership_id and z.run_id = r.id and z.to_at is null), r.due_at
      limit 1) r on true
    left join lateral (
      select k.unit, k.amount from clock k
      where k.partnership_id = c.partnership_id and k.code = r.clock and k.valid_from <= r.started_at
      order by k.valid_from desc limit 1) k on true
    left join lateral (
      select array_agg(z.from_at order by z.from_at, z.id) as paused_from, array_agg(z.to_at order by z.from_at, z.id) as paused_to
      from clock_pause z where z.partnership_id = c.partnership_id and z.run_id = r.id) z on true
    left join lateral (
      select count(*)::int as asked, count(a.answered_at)::int as answered from partner_check a
      where a.partnership_id = c.partnership_id and a.concern_id = c.id and a.withdrawn_at is null) a on true
    order by p.due_at nulls last, ${newestFirst(filter) ? sql`p.at desc` : sql`p.at`}, p.id`.execute(tx)
  const open = await openRows(tx, keys, worker.partnership, 'concern', rows)
  return {
    total: rows[0]?.total ?? 0,
    rows: open.map(({ worry, place, ...row }) => ({
      ...row,
      extract: extract(worry, 240),
      place: extract(place, 120),
    })),
  }
}
