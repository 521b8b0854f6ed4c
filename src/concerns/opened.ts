import { sql, type Selectable, type Transaction } from 'kysely'
import { isId, NotFound, type DataKey, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Channel, PersonSaid, Priority } from './concern.ts'
import { keysOfRows, opened, openRows, sealedColumns, wrappedKey, type OpenedRow, type SealedTable } from './sealed.ts'

/** How many earlier concerns that share something are shown, and how many events. */
export const most_shared = 50
const most_events = 500

/** Everything about one concern that the front door works from. @throws {NotFound} for one that is not there, or not theirs */
export const openedConcern = async (tx: Tx, keys: Keys, worker: StaffViewer, id: string) => {
  if (!isId(id)) throw new NotFound()
  const row = await tx
    .selectFrom('concern')
    .selectAll()
    .select(wrappedKey(worker.partnership, 'concern.key_id').as('wrapped'))
    .where('partnership_id', '=', worker.partnership)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new NotFound()
  const open = await keysOfRows(tx, keys, worker.partnership, [row])
  const { wrapped: _wrapped, ...concern } = opened(open, 'concern', row)
  return {
    concern: { ...concern, channel: concern.channel as Channel },
    people: await rowsOf(tx, open, worker, id, 'concern_person', 'position'),
    signs: (await rowsOf(tx, open, worker, id, 'concern_sign', 'sign')).map(({ sign }) => sign),
    details: (await rowsOf(tx, open, worker, id, 'detail', 'kind')).sort(bySaid),
    attachments: await rowsOf(tx, open, worker, id, 'attachment', 'added_at'),
    messages: await rowsOf(tx, open, worker, id, 'message', 'sent_at'),
    ...(await workOn(tx, open, worker, id)),
    reporter: (await rowsOf(tx, open, worker, id, 'reporter', 'concern_id'))[0],
    events: await eventsOf(tx, worker, id),
    shared: await sharedDetails(tx, keys, worker, id),
  }
}
export type Opened = Awaited<ReturnType<typeof openedConcern>>

/** The states of the work on a concern: who has it, its clocks, its checks, its decisions. */
export const workOn = async (tx: Tx, open: ReadonlyMap<string, DataKey>, worker: StaffViewer, id: string) => {
  const holdings = await rowsOf(tx, open, worker, id, 'holding', 'from_at')
  const priorities = await rowsOf(tx, open, worker, id, 'priority', 'at')
  const decisions = await rowsOf(tx, open, worker, id, 'decision', 'decided_at desc')
  return {
    holder: holdings.find(({ to_at }) => to_at === null)?.staff_id,
    holdings,
    priorities,
    level: priorities.find(({ ended_at }) => ended_at === null)?.level as Priority | undefined,
    clocks: await clocksOf(tx, worker, id),
    checks: await rowsOf(tx, open, worker, id, 'partner_check', 'asked_at'),
    decisions,
    needs: decisions.length ? await rowsOf(tx, open, worker, id, 'decision_need', 'concern_id') : [],
    standing: decisions.find(({ replaced_at }) => replaced_at === null),
    escalations: await rowsOf(tx, open, worker, id, 'escalation', 'raised_at'),
    pauses: await rowsOf(tx, open, worker, id, 'clock_pause', 'from_at'),
    openings: await rowsOf(tx, open, worker, id, 'contact_opening', 'concern_id'),
    originals: await rowsOf(tx, open, worker, id, 'original_opening', 'concern_id'),
  }
}
export type Work = Awaited<ReturnType<typeof workOn>>

type Of = Exclude<SealedTable, 'concern'> | 'concern_sign' | 'holding'

type Tables = Tx extends Transaction<infer T> ? T : never

type Words<T extends Of> = T extends SealedTable ? OpenedRow<T, Selectable<Tables[T]>> : Selectable<Tables[T]>

/** The rows of a table that hang on one concern, with their words. */
const rowsOf = async <T extends Of>(
  tx: Tx,
  open: ReadonlyMap<string, DataKey>,
  worker: StaffViewer,
  id: string,
  table: T,
  order: string,
): Promise<Words<T>[]> => {
  const { rows } = await sql<Selectable<Tables[T]>>`
    select * from ${sql.table(table)} where partnership_id = ${worker.partnership} and concern_id = ${id}
    order by ${sql.raw(order)}`.execute(tx)
  return rows.map((row) => (isSealed(table) ? opened(open, table, row as SealedAs<T>) : row) as Words<T>)
}
type SealedAs<T extends Of> = Selectable<Tables[T]> & { id: string; key_id: string | null }

const isSealed = (table: Of): table is Exclude<SealedTable, 'concern'> => table in sealedColumns

const bySaid = (a: { kind: string; said: string }, b: { kind: string; said: string }): number =>
  a.kind.localeCompare(b.kind, 'en') || a.said.localeCompare(b.said, 'en')

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
export const clocksOf = async (tx: Tx, worker: StaffViewer, id: string): Promise<Clock[]> => {
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

type SharedRow = Omit<Shared, 'said' | 'said_here'> & {
  id: string
  said: Buffer
  key_id: string | null
  wrapped: Buffer | null
  here_id: string
  here_said: Buffer
  here_key_id: string | null
  here_wrapped: Buffer | null
}
const detailHere = (row: SharedRow) => ({
  id: row.here_id,
  said: row.here_said,
  key_id: row.here_key_id,
  wrapped: row.here_wrapped,
})

/**
 * Other concerns, before or since, in which the same plate, phone, postcode, account or name was said: one row for each
 * detail that is shared. A nickname here may be a name there. What few share comes first: a plate says more than a
 * postcode, of which at most a few hundred are looked at.
 */
export const sharedDetails = async (tx: Tx, keys: Keys, worker: StaffViewer, id: string): Promise<Shared[]> => {
  const { rows } = await sql<SharedRow>`
    with hit as (
      select b.concern_id, b.kind, b.key, (array_agg(b.id))[1] as there, (array_agg(a.id))[1] as here,
        min(case when a.kind in ('vehicle', 'phone', 'account') then 1 when a.kind = 'postcode' then 3 else 2 end) as strength
      from detail a
      cross join lateral (
        select b.concern_id, b.kind, b.key, b.id from detail b
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
    select n.id as concern_id, n.reference, n.received_at, n.channel, d.route, hit.kind,
      t.id, t.said, t.key_id, ${wrappedKey(worker.partnership, 't.key_id')} as wrapped,
      h.id as here_id, h.said as here_said, h.key_id as here_key_id, ${wrappedKey(worker.partnership, 'h.key_id')} as here_wrapped
    from newest n
    join hit on hit.concern_id = n.id
    join detail t on t.partnership_id = ${worker.partnership} and t.id = hit.there
    join detail h on h.partnership_id = ${worker.partnership} and h.id = hit.here
    left join decision d on d.partnership_id = ${worker.partnership} and d.concern_id = n.id and d.replaced_at is null
    order by n.strength, n.received_at desc, n.id, hit.strength, hit.kind`.execute(tx)
  const there = await openRows(tx, keys, worker.partnership, 'detail', rows)
  const here = await openRows(tx, keys, worker.partnership, 'detail', rows.map(detailHere))
  return there.map((row, i) => ({ ...row, said_here: here[i]!.said }))
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
export const unheardWords = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  id: string,
): Promise<string | undefined> => {
  const row = await tx
    .selectFrom('escalation as e')
    .innerJoin('message as m', (join) =>
      join.onRef('m.partnership_id', '=', 'e.partnership_id').onRef('m.id', '=', 'e.message_id'),
    )
    .select(['m.id', 'm.words', 'm.key_id'])
    .select(wrappedKey(worker.partnership, 'm.key_id').as('wrapped'))
    .where('e.partnership_id', '=', worker.partnership)
    .where('e.concern_id', '=', id)
    .where('e.answered_at', 'is', null)
    .executeTakeFirst()
  return row && (await openRows(tx, keys, worker.partnership, 'message', [row]))[0]?.words
}

/** What deciding needs of a concern: the people it is about, and the decision that stands. */
export const decidingOn = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  { id, ...concern }: { id: string; key_id: string | null; wrapped: Buffer | null },
) => {
  const open = await keysOfRows(tx, keys, worker.partnership, [concern])
  const people = await rowsOf(tx, open, worker, id, 'concern_person', 'position')
  const decisions = await rowsOf(tx, open, worker, id, 'decision', 'decided_at desc')
  return {
    people: people.map((person) => ({
      ...person,
      part: person.part as PersonSaid['part'],
      age_group: person.age_group as PersonSaid['age_group'],
    })),
    standing: decisions.find(({ replaced_at }) => replaced_at === null),
  }
}
