import { sql, type Selectable, type Transaction } from 'kysely'
import { isId, NotFound, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Channel, PersonSaid, Priority } from './concern.ts'

/** How many earlier concerns that share something are shown, and how many events. */
export const most_shared = 50
const most_events = 500

/** Everything about one concern that the front door works from. @throws {NotFound} for one that is not there, or not theirs */
export const openedConcern = async (tx: Tx, worker: StaffViewer, id: string) => {
  if (!isId(id)) throw new NotFound()
  const concern = await tx
    .selectFrom('concern')
    .selectAll()
    .where('partnership_id', '=', worker.partnership)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!concern) throw new NotFound()
  return {
    concern: { ...concern, channel: concern.channel as Channel },
    people: await rowsOf(tx, worker, id, 'concern_person', 'position'),
    signs: (await rowsOf(tx, worker, id, 'concern_sign', 'sign')).map(({ sign }) => sign),
    details: await rowsOf(tx, worker, id, 'detail', 'kind, said'),
    attachments: await rowsOf(tx, worker, id, 'attachment', 'added_at'),
    messages: await rowsOf(tx, worker, id, 'message', 'sent_at'),
    ...(await workOn(tx, worker, id)),
    reporter: (await rowsOf(tx, worker, id, 'reporter', 'concern_id'))[0],
    events: await eventsOf(tx, worker, id),
    shared: await sharedDetails(tx, worker, id),
  }
}
export type Opened = Awaited<ReturnType<typeof openedConcern>>

/** The states of the work on a concern: who has it, its clocks, its checks, its decisions. */
export const workOn = async (tx: Tx, worker: StaffViewer, id: string) => {
  const holdings = await rowsOf(tx, worker, id, 'holding', 'from_at')
  const priorities = await rowsOf(tx, worker, id, 'priority', 'at')
  const decisions = await rowsOf(tx, worker, id, 'decision', 'decided_at desc')
  return {
    holder: holdings.find(({ to_at }) => to_at === null)?.staff_id,
    holdings,
    priorities,
    level: priorities.find(({ ended_at }) => ended_at === null)?.level as Priority | undefined,
    clocks: await clocksOf(tx, worker, id),
    checks: await rowsOf(tx, worker, id, 'partner_check', 'asked_at'),
    decisions,
    needs: decisions.length ? await rowsOf(tx, worker, id, 'decision_need', 'concern_id') : [],
    standing: decisions.find(({ replaced_at }) => replaced_at === null),
    escalations: await rowsOf(tx, worker, id, 'escalation', 'raised_at'),
    pauses: await rowsOf(tx, worker, id, 'clock_pause', 'from_at'),
    openings: await rowsOf(tx, worker, id, 'contact_opening', 'concern_id'),
    originals: await rowsOf(tx, worker, id, 'original_opening', 'concern_id'),
  }
}
export type Work = Awaited<ReturnType<typeof workOn>>

type Of =
  | 'concern_person'
  | 'concern_sign'
  | 'detail'
  | 'attachment'
  | 'message'
  | 'holding'
  | 'priority'
  | 'partner_check'
  | 'decision'
  | 'decision_need'
  | 'escalation'
  | 'contact_opening'
  | 'original_opening'
  | 'clock_pause'
  | 'reporter'

type Tables = Tx extends Transaction<infer T> ? T : never

/** The rows of a table that hang on one concern. */
const rowsOf = async <T extends Of>(tx: Tx, worker: StaffViewer, id: string, table: T, order: string) => {
  const { rows } = await sql<Selectable<Tables[T]>>`
    select * from ${sql.table(table)} where partnership_id = ${worker.partnership} and concern_id = ${id}
    order by ${sql.raw(order)}`.execute(tx)
  return rows
}

export type Clock = {
  id: string
  clock: string
  of_id: string | null
  label: string | null
  unit: string | null
  amount: string | null
  started_at: Date
  at_risk_at: Date
  due_at: Date
  stopped_at: Date | null
  paused_from: Date[]
  paused_to: (Date | null)[]
}

/** The clocks of a concern with the rule each started by, the running ones first. */
const clocksOf = async (tx: Tx, worker: StaffViewer, id: string): Promise<Clock[]> => {
  const { rows } = await sql<Clock>`
    select r.id, r.clock, r.of_id, k.label, k.unit, k.amount, r.started_at, r.at_risk_at, r.due_at, r.stopped_at,
      array(select z.from_at from clock_pause z where z.partnership_id = r.partnership_id and z.run_id = r.id order by z.from_at, z.id) as paused_from,
      array(select z.to_at from clock_pause z where z.partnership_id = r.partnership_id and z.run_id = r.id order by z.from_at, z.id) as paused_to
    from clock_run r
    left join lateral (select k.label, k.unit, k.amount from clock k
      where k.partnership_id = r.partnership_id and k.code = r.clock and k.valid_from <= r.started_at
      order by k.valid_from desc limit 1) k on true
    where r.partnership_id = ${worker.partnership} and r.concern_id = ${id}
    order by r.stopped_at desc nulls first, r.due_at`.execute(tx)
  return rows
}

const eventsOf = async (tx: Tx, worker: StaffViewer, id: string) => {
  const rows = await tx
    .selectFrom('event')
    .select(['id', 'seq', 'at', 'kind', 'viewer', 'staff_id', 'agency_id', 'detail'])
    .where('partnership_id', '=', worker.partnership)
    .where('about_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(most_events)
    .execute()
  return rows.map((row) => ({ ...row, detail: row.detail as Record<string, string | number | boolean | null> }))
}
export type SeenEvent = Awaited<ReturnType<typeof eventsOf>>[number]

export type Shared = {
  concern_id: string
  reference: string
  received_at: Date
  channel: Channel
  route: string | null
  kind: string
  said: string
  said_here: string
}

/**
 * Other concerns, before or since, in which the same plate, phone, postcode, account or name was said: one row for each
 * detail that is shared. A nickname here may be a name there. What few share comes first: a plate says more than a
 * postcode, of which at most a few hundred are looked at.
 */
export const sharedDetails = async (tx: Tx, worker: StaffViewer, id: string): Promise<Shared[]> => {
  const { rows } = await sql<Shared>`
    with hit as (
      select b.concern_id, b.kind, b.key, min(b.said) as said, min(a.said) as said_here,
        min(case when a.kind in ('vehicle', 'phone', 'account') then 1 when a.kind = 'postcode' then 3 else 2 end) as strength
      from detail a
      cross join lateral (
        select b.concern_id, b.kind, b.key, b.said from detail b
        where b.partnership_id = a.partnership_id and b.key = a.key and b.concern_id <> a.concern_id
          and b.kind = any (case when a.kind in ('name', 'nickname') then array['name', 'nickname'] else array[a.kind] end)
        limit 300) b
      where a.partnership_id = ${worker.partnership} and a.concern_id = ${id} and a.key is not null
      group by b.concern_id, b.kind, b.key),
    newest as (
      select c.id, c.reference, c.received_at, c.channel, h.strength
      from (select concern_id, min(strength) as strength from hit group by concern_id) h
      cross join lateral (select c.id, c.reference, c.received_at, c.channel from concern c
        where c.partnership_id = ${worker.partnership} and c.id = h.concern_id offset 0) c
      order by h.strength, c.received_at desc limit ${most_shared + 1})
    select n.id as concern_id, n.reference, n.received_at, n.channel, d.route, hit.kind, hit.said, hit.said_here
    from newest n
    join hit on hit.concern_id = n.id
    left join decision d on d.partnership_id = ${worker.partnership} and d.concern_id = n.id and d.replaced_at is null
    order by n.strength, n.received_at desc, n.id, hit.strength, hit.kind`.execute(tx)
  return rows
}

/** The last thing that was said or answered on a concern, so that a writer hears of what came while they wrote. */
export const lastNews = async (
  tx: Tx,
  worker: StaffViewer,
  id: string,
): Promise<{ seq: number; kind: string } | undefined> =>
  tx
    .selectFrom('event')
    .select(['seq', 'kind'])
    .where('partnership_id', '=', worker.partnership)
    .where('about_id', '=', id)
    .where('viewer', 'in', ['reporter', 'staff', 'client'])
    .where('kind', 'in', [...newsEvents])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Events that bring something to read before deciding. */
export const newsEvents = [
  'reporter answered',
  'reporter said more',
  'not heard raised',
  'partner check answered',
] as const

/** Remembers that what the reporter last said has been read by whoever works on it. */
export const markRead = async (tx: Tx, worker: StaffViewer, id: string, at: Date): Promise<void> => {
  await tx
    .updateTable('message')
    .set({ read_at: at })
    .where('partnership_id', '=', worker.partnership)
    .where('concern_id', '=', id)
    .where('direction', '=', 'from reporter')
    .where('read_at', 'is', null)
    .execute()
}

/** What somebody who was not heard says, while nobody has answered. */
export const unheardWords = async (tx: Tx, worker: StaffViewer, id: string): Promise<string | undefined> => {
  const row = await tx
    .selectFrom('escalation as e')
    .innerJoin('message as m', (join) =>
      join.onRef('m.partnership_id', '=', 'e.partnership_id').onRef('m.id', '=', 'e.message_id'),
    )
    .select('m.words')
    .where('e.partnership_id', '=', worker.partnership)
    .where('e.concern_id', '=', id)
    .where('e.answered_at', 'is', null)
    .executeTakeFirst()
  return row?.words
}

/** What deciding needs of a concern: the people it is about, and the decision that stands. */
export const decidingOn = async (tx: Tx, worker: StaffViewer, id: string) => {
  const people = await rowsOf(tx, worker, id, 'concern_person', 'position')
  const decisions = await rowsOf(tx, worker, id, 'decision', 'decided_at desc')
  return {
    people: people.map((person) => ({
      ...person,
      part: person.part as PersonSaid['part'],
      age_group: person.age_group as PersonSaid['age_group'],
    })),
    standing: decisions.find(({ replaced_at }) => replaced_at === null),
  }
}
