import { sql, type RawBuilder } from 'kysely'
import type { Keys, StaffViewer, Tx } from '../platform/index.ts'
import { deadlines, most_counted } from './queue-order.ts'
import { extract, keysOfRows, opened, wrappedKey } from './sealed.ts'

export type Load = {
  mine: number
  undecided: number
  late: number
  unassigned: number
  fresh: number
  unheard: number
  checks: number
}

/** What waits, in numbers of at most `most`: enough to choose what to do next. */
export const queueLoad = async (tx: Tx, worker: StaffViewer, now: Date, most = most_counted): Promise<Load> => {
  const of = sql`partnership_id = ${worker.partnership}`
  const capped = (rows: RawBuilder<unknown>) => sql`(select count(*)::int from (${rows} limit ${most}) counted)`
  const { rows } = await sql<Load>`
    select ${capped(sql`select from undecided where ${of}`)} as undecided,
      ${capped(sql`select from holding h join undecided u on u.partnership_id = h.partnership_id and u.concern_id = h.concern_id
        where h.${of} and h.staff_id = ${worker.staff} and h.to_at is null`)} as mine,
      ${capped(sql`select from undecided u where u.${of} and not exists (select from holding h
        where h.partnership_id = u.partnership_id and h.concern_id = u.concern_id and h.to_at is null)`)} as unassigned,
      ${capped(sql`select distinct concern_id from (select r.concern_id from clock_run r
        where r.${of} and r.stopped_at is null and r.due_at < ${now} and r.clock <> 'partner-check-reply'
          and not exists (select from clock_pause z
            where z.partnership_id = r.partnership_id and z.run_id = r.id and z.to_at is null)
        order by r.due_at limit ${most * 2}) overdue`)} as late,
      ${capped(sql`select distinct concern_id from message where ${of} and direction = 'from reporter' and read_at is null`)} as fresh,
      ${capped(sql`select from escalation where ${of} and answered_at is null`)} as unheard,
      ${capped(sql`select from partner_check where ${of} and asked_agency_id = ${worker.agency} and answered_at is null
        and withdrawn_at is null`)} as checks`.execute(tx)
  return rows[0]!
}

export type Workload = { staff: string; has: number; late: number; oldest: Date }

/** Who has how much, for managers to share it out fairly. */
export const workloads = async (tx: Tx, worker: StaffViewer, now: Date): Promise<Workload[]> => {
  const { rows } = await sql<Workload>`
    with due as (select id, min(due_at) as due_at from (${deadlines(worker)}) d group by id)
    select h.staff_id as staff, count(*)::int as has, (count(*) filter (where d.due_at < ${now}))::int as late,
      min(c.received_at) as oldest
    from holding h
    join undecided u on u.partnership_id = h.partnership_id and u.concern_id = h.concern_id
    join concern c on c.partnership_id = h.partnership_id and c.id = h.concern_id
    left join due d on d.id = h.concern_id
    where h.partnership_id = ${worker.partnership} and h.to_at is null
    group by h.staff_id
    order by late desc, has desc, h.staff_id
    limit 100`.execute(tx)
  return rows
}

/** How many questions wait for the viewer's agency. */
export const openChecks = async (tx: Tx, viewer: StaffViewer, most = most_counted): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from partner_check
      where partnership_id = ${viewer.partnership} and asked_agency_id = ${viewer.agency}
        and answered_at is null and withdrawn_at is null limit ${most}) counted`.execute(tx)
  return rows[0]!.count
}

export type OpenEscalation = {
  concern_id: string
  reference: string
  step: number
  raised_at: Date
  words: string
  decided_by: string | null
  started_at: Date
  at_risk_at: Date
  due_at: Date
  paused_from: Date[]
  paused_to: (Date | null)[]
  unit: string | null
  amount: string | null
}

/** Who says they were not heard and waits for an answer, by their clocks. */
export const openEscalations = async (tx: Tx, keys: Keys, worker: StaffViewer): Promise<OpenEscalation[]> => {
  const { rows } = await sql<
    Omit<OpenEscalation, 'words'> & { id: string; words: Buffer; key_id: string; wrapped: Buffer | null }
  >`
    select m.id, m.key_id, ${wrappedKey(worker.partnership, 'm.key_id')} as wrapped, e.concern_id, c.reference, e.step, e.raised_at, m.words, d.decided_by,
      r.started_at, r.at_risk_at, r.due_at, k.unit, k.amount,
      array(select z.from_at from clock_pause z where z.partnership_id = r.partnership_id and z.run_id = r.id order by z.from_at, z.id) as paused_from,
      array(select z.to_at from clock_pause z where z.partnership_id = r.partnership_id and z.run_id = r.id order by z.from_at, z.id) as paused_to
    from escalation e
    join concern c on c.partnership_id = e.partnership_id and c.id = e.concern_id
    join message m on m.partnership_id = e.partnership_id and m.id = e.message_id
    left join decision d on d.partnership_id = e.partnership_id and d.concern_id = e.concern_id and d.replaced_at is null
    left join clock_run r on r.partnership_id = e.partnership_id and r.concern_id = e.concern_id
      and r.clock = 'not-heard-step-' || e.step and r.stopped_at is null
    left join lateral (select k.unit, k.amount from clock k
      where k.partnership_id = r.partnership_id and k.code = r.clock and k.valid_from <= r.started_at
      order by k.valid_from desc limit 1) k on true
    where e.partnership_id = ${worker.partnership} and e.answered_at is null
    order by r.due_at nulls last, e.raised_at limit 200`.execute(tx)
  const open = await keysOfRows(tx, keys, worker.partnership, rows)
  return rows.map((row) => ({ ...row, words: extract(opened(open, 'message', row).words, 500) }))
}
