import { sql, type Selectable, type Transaction } from 'kysely'
import {
  isId,
  NotFound,
  together,
  type Answers,
  type DataKey,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import type { Channel, PersonSaid, Priority } from './concern.ts'
import { openShared, sharedOn } from './shared.ts'
import { keysOfRows, opened, openRows, wrappedKey, type OpenedRow, type SealedTable } from './sealed.ts'

/** So many events are shown. */
const most_events = 500

/** Everything about one concern that the front door works from. @throws {NotFound} for one that is not there, or not theirs */
export const openedConcern = async (tx: Tx, keys: Keys, worker: StaffViewer, id: string) => {
  if (!isId(id)) throw new NotFound()
  const of = questionsOn(worker, id)
  const [[row], people, signs, details, attachments, messages, reporter, events, sharing, ...work] = await together(
    tx,
    tx
      .selectFrom('concern')
      .selectAll()
      .select(wrappedKey(worker.partnership, 'concern.key_id').as('wrapped'))
      .where('partnership_id', '=', worker.partnership)
      .where('id', '=', id),
    of('concern_person', 'position'),
    of('concern_sign', 'sign'),
    of('detail', 'kind'),
    of('attachment', 'added_at'),
    of('message', 'sent_at'),
    of('reporter', 'concern_id'),
    eventsOn(tx, worker, id),
    sharedOn(worker, id),
    ...workQuestions(worker, id),
  )
  if (!row) throw new NotFound()
  const open = await keysOfRows(tx, keys, worker.partnership, [row])
  const { wrapped: _wrapped, ...concern } = opened(open, 'concern', row)
  return {
    concern: { ...concern, channel: concern.channel as Channel },
    people: said(open, 'concern_person', people),
    signs: signs.map(({ sign }) => sign),
    details: said(open, 'detail', details).sort(bySaid),
    attachments: said(open, 'attachment', attachments),
    messages: said(open, 'message', messages),
    ...asWork(open, work),
    reporter: said(open, 'reporter', reporter)[0],
    events: events.map((event) => ({ ...event, detail: event.detail as SeenDetail })),
    shared: await openShared(tx, keys, worker, sharing),
  }
}
export type Opened = Awaited<ReturnType<typeof openedConcern>>

/** The states of the work on a concern: who has it, its clocks, its checks, its decisions. */
const workQuestions = (worker: StaffViewer, id: string) => {
  const of = questionsOn(worker, id)
  return [
    of('holding', 'from_at'),
    of('priority', 'at'),
    of('decision', 'decided_at desc'),
    clocksOn(worker, id),
    of('partner_check', 'asked_at'),
    of('decision_need', 'concern_id'),
    of('escalation', 'raised_at'),
    of('clock_pause', 'from_at'),
    of('contact_opening', 'concern_id'),
    of('original_opening', 'concern_id'),
  ] as const
}
type WorkRows = Answers<ReturnType<typeof workQuestions>>

const asWork = (
  open: ReadonlyMap<string, DataKey>,
  [holdings, given, decided, clocks, checks, needs, raised, paused, openings, originals]: WorkRows,
) => {
  const priorities = said(open, 'priority', given)
  const decisions = said(open, 'decision', decided)
  return {
    holder: holdings.find(({ to_at }) => to_at === null)?.staff_id,
    holdings,
    priorities,
    level: priorities.find(({ ended_at }) => ended_at === null)?.level as Priority | undefined,
    clocks,
    checks: said(open, 'partner_check', checks),
    decisions,
    needs: said(open, 'decision_need', needs),
    standing: decisions.find(({ replaced_at }) => replaced_at === null),
    escalations: said(open, 'escalation', raised),
    pauses: said(open, 'clock_pause', paused),
    openings: said(open, 'contact_opening', openings),
    originals: said(open, 'original_opening', originals),
  }
}

type Words = Exclude<SealedTable, 'concern'>
type Of = Words | 'concern_sign' | 'holding'
type Tables = Tx extends Transaction<infer T> ? T : never

/** The rows of a table that hang on one concern. */
const questionsOn =
  (worker: StaffViewer, id: string) =>
  <T extends Of>(table: T, order: string) =>
    sql<Selectable<Tables[T]>>`
      select * from ${sql.table(table)} where partnership_id = ${worker.partnership} and concern_id = ${id}
      order by ${sql.raw(order)}`

/** The same rows, with their words. */
const said = <T extends Words>(
  open: ReadonlyMap<string, DataKey>,
  table: T,
  rows: readonly Selectable<Tables[T]>[],
): OpenedRow<T, Selectable<Tables[T]>>[] =>
  rows.map((row) => opened(open, table, row as SealedAs<T>) as OpenedRow<T, Selectable<Tables[T]>>)
type SealedAs<T extends Words> = Selectable<Tables[T]> & { id: string; key_id: string | null }

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
export const clocksOf = async (tx: Tx, worker: StaffViewer, id: string): Promise<Clock[]> =>
  (await clocksOn(worker, id).execute(tx)).rows

const clocksOn = (worker: StaffViewer, id: string) => sql<Clock>`
  select r.id, r.clock, r.of_id, k.label, k.unit, k.amount, r.started_at, r.at_risk_at, r.due_at, r.stopped_at,
    array(select z.from_at from clock_pause z where z.partnership_id = r.partnership_id and z.run_id = r.id order by z.from_at, z.id) as paused_from,
    array(select z.to_at from clock_pause z where z.partnership_id = r.partnership_id and z.run_id = r.id order by z.from_at, z.id) as paused_to
  from clock_run r
  left join lateral (select k.label, k.unit, k.amount from clock k
    where k.partnership_id = r.partnership_id and k.code = r.clock and k.valid_from <= r.started_at
    order by k.valid_from desc limit 1) k on true
  where r.partnership_id = ${worker.partnership} and r.concern_id = ${id}
  order by r.stopped_at desc nulls first, r.due_at`

const eventsOn = (tx: Tx, worker: StaffViewer, id: string) =>
  tx
    .selectFrom('event')
    .select(['id', 'seq', 'at', 'kind', 'viewer', 'staff_id', 'agency_id', 'detail'])
    .where('partnership_id', '=', worker.partnership)
    .where('about_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(most_events)

type SeenDetail = Record<string, string | number | boolean | null>
export type SeenEvent = Opened['events'][number]

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
  const of = questionsOn(worker, id)
  const [people, decided] = await together(tx, of('concern_person', 'position'), of('decision', 'decided_at desc'))
  const decisions = said(open, 'decision', decided)
  return {
    people: said(open, 'concern_person', people).map((person) => ({
      ...person,
      part: person.part as PersonSaid['part'],
      age_group: person.age_group as PersonSaid['age_group'],
    })),
    standing: decisions.find(({ replaced_at }) => replaced_at === null),
  }
}
