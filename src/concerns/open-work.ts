import { sql } from 'kysely'
import { frontDoorAgencies } from '../partnership/index.ts'
import { asProduct, type Role, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Priority } from './concern.ts'

/** Whoever works in an agency may answer for it. */
export const answering: readonly Role[] = ['reporter-agency', 'practitioner', 'duty', 'manager']
const deciding: readonly Role[] = ['duty', 'manager']
const most_listed = 200

/** Whose open work: a person's, or everybody's at an agency. */
export type Whose = { account: string } | { agency: string }

export type OpenWork = {
  /** Concerns in hand. */
  concerns: number
  /** Questions to reporters that nobody has answered yet, in those concerns. */
  questions: number
  /** Checks that are asked of their agency, and would have nobody left there to answer them. */
  checks: number
  drafts: number
}

/**
 * How much waits for somebody who leaves, in numbers alone: an administrator may know how much there is, not what it is.
 */
export const openWork = (tx: Tx, partnership: string, whose: Whose, at: Date): Promise<OpenWork> =>
  asProduct(tx, async () => {
    const account = 'account' in whose ? whose.account : null
    const agency = 'agency' in whose ? whose.agency : null
    const { rows } = await sql<OpenWork>`
      with leaving as (select id, agency_id from account
          where partnership_id = ${partnership} and (id = ${account}::uuid or agency_id = ${agency}::uuid)),
        held as (select concern_id from holding
          where partnership_id = ${partnership} and to_at is null and staff_id in (select id from leaving))
      select (select count(*) from held) as concerns,
        (select count(*) from message m where m.partnership_id = ${partnership} and m.concern_id in (select concern_id from held)
          and m.kind = 'question' and not exists (select from message r
            where r.partnership_id = m.partnership_id and r.concern_id = m.concern_id and r.answers_id = m.id)) as questions,
        (select count(*) from partner_check k where k.partnership_id = ${partnership}
          and k.answered_at is null and k.withdrawn_at is null
          and (k.asked_agency_id = ${agency}::uuid or k.asked_agency_id in (select agency_id from leaving))
          and not exists (select from account a join role_grant r on r.partnership_id = a.partnership_id and r.account_id = a.id
            where a.partnership_id = k.partnership_id and a.agency_id = k.asked_agency_id and a.id not in (select id from leaving)
              and r.ended_at is null and r.role = any(${answering}::text[])
              and not account_closed(a.partnership_id, a.id, a.agency_id, ${at}))) as checks,
        (select count(*) from draft where partnership_id = ${partnership} and staff_id in (select id from leaving)
          and expires_at > ${at}) as drafts`.execute(tx)
    return rows[0]!
  })

export type Held = {
  id: string
  staff_id: string
  reference: string
  received_at: Date
  level: Priority | null
  due_at: Date | null
  fresh: boolean
}

/** The concerns that these people have in hand, what is due first on top. For the front door. */
export const heldBy = async (tx: Tx, worker: StaffViewer, people: readonly string[]): Promise<Held[]> => {
  const { rows } = await sql<Held>`
    select c.id, h.staff_id, c.reference, c.received_at, p.level,
      (select min(r.due_at) from clock_run r where r.partnership_id = c.partnership_id and r.concern_id = c.id
        and r.stopped_at is null and r.clock <> 'partner-check-reply') as due_at,
      exists (select from message m where m.partnership_id = c.partnership_id and m.concern_id = c.id
        and m.direction = 'from reporter' and m.read_at is null) as fresh
    from holding h
    join concern c on c.partnership_id = h.partnership_id and c.id = h.concern_id
    left join priority p on p.partnership_id = c.partnership_id and p.concern_id = c.id and p.ended_at is null
    where h.partnership_id = ${worker.partnership} and h.to_at is null and h.staff_id = any(${people}::uuid[])
    order by due_at nulls last, c.received_at, c.id
    limit ${most_listed}`.execute(tx)
  return rows
}

export type Stranded = { id: string; concern_id: string; reference: string; agency_id: string; asked_at: Date }

export type Workless = {
  /** Concerns in the hands of somebody who cannot work on them any more, by person. */
  people: { staff: string; count: number; oldest: Date }[]
  /** Checks asked of an agency where nobody can answer. */
  checks: Stranded[]
}

/** What nobody is left to do: the account or its agency is closed, or the role that it needs has ended. */
export const workWithoutWorker = async (tx: Tx, worker: StaffViewer, at: Date): Promise<Workless> => {
  const { partnership } = worker
  const doors = await frontDoorAgencies(tx, partnership, at)
  const held = await sql<Workless['people'][number]>`
    select staff_id as staff, count(*)::int as count, min(from_at) as oldest from holding
    where partnership_id = ${partnership} and to_at is null
    group by staff_id order by oldest`.execute(tx)
  const asked = await waitingChecks(tx, worker)
  // Roles and suspensions are no business of a manager's, only what follows from them for what the manager sees.
  const able = await asProduct(tx, async () => {
    const people = await sql<{ id: string }>`
      select a.id from account a
      where a.partnership_id = ${partnership} and a.id = any(${held.rows.map(({ staff }) => staff)}::uuid[])
        and a.agency_id = any(${doors}::uuid[]) and not account_closed(a.partnership_id, a.id, a.agency_id, ${at})
        and exists (select from role_grant r where r.partnership_id = a.partnership_id and r.account_id = a.id
          and r.ended_at is null and r.role = any(${deciding}::text[]))`.execute(tx)
    const agencies = await sql<{ id: string }>`
      select distinct a.agency_id as id from account a
      join role_grant r on r.partnership_id = a.partnership_id and r.account_id = a.id
      where a.partnership_id = ${partnership} and a.agency_id = any(${asked.map(({ agency_id }) => agency_id)}::uuid[])
        and r.ended_at is null and r.role = any(${answering}::text[])
        and not account_closed(a.partnership_id, a.id, a.agency_id, ${at})`.execute(tx)
    return new Set([...people.rows, ...agencies.rows].map(({ id }) => id))
  })
  return {
    people: held.rows.filter(({ staff }) => !able.has(staff)).slice(0, most_listed),
    checks: asked.filter(({ agency_id }) => !able.has(agency_id)).slice(0, most_listed),
  }
}

/** The checks that wait at an agency, oldest first. For the front door. */
export const checksAt = async (tx: Tx, worker: StaffViewer, agency: string): Promise<Stranded[]> =>
  (await waitingChecks(tx, worker, agency)).slice(0, most_listed)

const waitingChecks = async (tx: Tx, worker: StaffViewer, agency?: string): Promise<Stranded[]> => {
  const { rows } = await sql<Stranded>`
    select k.id, k.concern_id, c.reference, k.asked_agency_id as agency_id, k.asked_at
    from partner_check k join concern c on c.partnership_id = k.partnership_id and c.id = k.concern_id
    where k.partnership_id = ${worker.partnership} and k.answered_at is null and k.withdrawn_at is null
      and (${agency ?? null}::uuid is null or k.asked_agency_id = ${agency ?? null})
    order by k.asked_at`.execute(tx)
  return rows
}
