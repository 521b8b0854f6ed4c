import { sql, type RawBuilder } from 'kysely'
import type { Keys, StaffViewer } from '../platform/index.ts'
import type { Channel, Frame, Priority } from './concern.ts'
import { placeWords } from './sealed.ts'

export const queueStatuses = [
  'to-decide',
  'mine',
  'unassigned',
  'reporter',
  'partner',
  'new',
  'not-heard',
  'decided',
] as const
export type QueueStatus = (typeof queueStatuses)[number]

export type QueueFilter = {
  status: QueueStatus
  due?: 'late' | 'at-risk'
  priority?: Priority | 'none'
  channel?: Channel
  frame?: Frame | 'not known'
  setting?: string
  area?: string
  reference?: string
  /** From 1. */
  page: number
}

export const page_rows = 25
/** Counting stops here: 'more than 500' says enough. */
export const most_counted = 501
/** Among decided concerns a search looks at this many of the newest. The reference finds any. */
export const most_decided = 2000

type Day = { now: Date; today: string }

/**
 * Which concerns stand on a page of the queue, and in what order: `page (id, at, due_at, total)`, to be asked `with`.
 * @param today YYYY-MM-DD in the partnership's zone: the day that ages are counted on
 */
export const pageOf = (worker: StaffViewer, keys: Keys, filter: QueueFilter, day: Day) =>
  isPlain(filter) ? plainPage(worker, filter) : narrowedPage(worker, keys, filter, day)

const narrowedPage = (worker: StaffViewer, keys: Keys, filter: QueueFilter, { now, today }: Day) => sql`
  page as (
    select b.id, b.at, b.due_at, count(*) over ()::int as total
    from (${lineUp(worker, filter)}) b
    ${conditions(worker, keys, filter, now, today)}
    order by b.due_at nulls last, ${newestFirst(filter) ? sql`b.at desc` : sql`b.at`}, b.id
    limit ${page_rows} offset ${(filter.page - 1) * page_rows})`

/** The list everybody opens, and opens again whenever it changes, as far as anybody reads it. */
const most_plain_pages = 4
const isPlain = ({ status, page, ...narrowed }: QueueFilter) =>
  status === 'to-decide' && page <= most_plain_pages && Object.values(narrowed).every((value) => value === undefined)

/**
 * The same page without looking at every concern that waits: the clocks are walked in the order they are due, each
 * concern by the first of its own, until the page is full. Those without a clock that runs come after, and are looked
 * for only when it is not full (measured with 4,600 waiting: 0.5 ms against 4.7). Each is looked up by itself: joined, or
 * put in order before it is known how few are wanted, they would all be read and sorted first.
 */
const plainPage = (worker: StaffViewer, { page }: QueueFilter) => {
  const of = sql`partnership_id = ${worker.partnership}`
  // Written into the statement: with a number it does not know yet, PostgreSQL would plan it anew each time.
  const last = sql.lit(page * page_rows)
  return sql`
    timed as materialized (
      select r.concern_id as id, u.received_at as at, r.due_at
      from clock_run r
      cross join lateral (select u.received_at from undecided u where u.${of} and u.concern_id = r.concern_id
        and not exists (select from clock_pause z where z.${of} and z.run_id = r.id and z.to_at is null)
        and not exists (select from clock_run o where o.${of} and o.concern_id = r.concern_id
          and (o.due_at, o.id) < (r.due_at, r.id) and ${runs(sql`o`)}) offset 0) u
      where r.${of} and r.stopped_at is null and r.clock <> 'partner-check-reply'
      order by r.due_at fetch first ${last} rows with ties),
    page as (
      select id, at, due_at, (select count(*)::int from undecided where ${of}) as total
      from (
        select id, at, due_at from timed
        union all (select u.concern_id, u.received_at, null from undecided u
          where u.${of} and (select count(*) from timed) < ${last} and not exists (select from timed t where t.id = u.concern_id)
          order by u.received_at, u.concern_id limit ${last})) b
      order by due_at nulls last, at, id
      limit ${sql.lit(page_rows)} offset ${sql.lit((page - 1) * page_rows)})`
}

/** Only some questions need the concern itself. Those that do not are spared looking up thousands of them. */
const aboutConcern = ({ channel, setting, frame, area }: QueueFilter) => Boolean(channel ?? setting ?? frame ?? area)
export const newestFirst = ({ status }: QueueFilter) => status === 'decided'

/** Where the search begins: a few thousand rows at most, whatever is asked. */
const base = (worker: StaffViewer, filter: QueueFilter): RawBuilder<unknown> => {
  const { status, reference } = filter
  const of = sql`partnership_id = ${worker.partnership}`
  if (reference)
    return sql`select c.id, c.received_at as at from concern c where c.${of} and c.reference = ${reference}`
  const undecided = sql`select u.concern_id as id, u.received_at as at from undecided u where u.${of}`
  const held = sql`select from holding h where h.${of} and h.concern_id = u.concern_id and h.to_at is null`
  switch (status) {
    case 'to-decide':
      return undecided
    case 'mine':
      return sql`${undecided} and exists (${held} and h.staff_id = ${worker.staff})`
    case 'unassigned':
      return sql`${undecided} and not exists (${held})`
    case 'reporter':
      return sql`${undecided} and ${openQuestion(sql`u.concern_id`, worker)}`
    case 'partner':
      return sql`select concern_id as id, min(asked_at) as at from partner_check
        where ${of} and answered_at is null and withdrawn_at is null group by concern_id`
    case 'new':
      return sql`select concern_id as id, min(sent_at) as at from message
        where ${of} and direction = 'from reporter' and read_at is null group by concern_id`
    case 'not-heard':
      return sql`select concern_id as id, raised_at as at from escalation where ${of} and answered_at is null`
    case 'decided':
      return sql`select concern_id as id, decided_at as at from decision where ${of} and replaced_at is null
        order by decided_at desc limit ${decidedLookedAt(filter)}`
  }
}

const decidedLookedAt = (filter: QueueFilter): number =>
  aboutConcern(filter) || filter.priority ? most_decided : Math.max(most_counted, filter.page * page_rows + 1)

/** A question to the reporter that nothing from them has followed. */
export const openQuestion = (concern: RawBuilder<unknown>, worker: StaffViewer) => sql`
  exists (select from message q where q.partnership_id = ${worker.partnership} and q.concern_id = ${concern}
    and q.kind = 'question' and not exists (select from message a where a.partnership_id = q.partnership_id
      and a.concern_id = q.concern_id and a.direction = 'from reporter' and a.sent_at >= q.sent_at))`

/**
 * The concerns looked at, each with the front door's own next deadline; a paused clock sorts after those that run.
 * Both lists are laid on one another and grouped rather than joined: the planner guesses one row behind row-level
 * security and would run through the other list for each (measured: 700 ms against 12).
 */
const lineUp = (worker: StaffViewer, filter: QueueFilter) =>
  newestFirst(filter)
    ? sql`select id, at, null::timestamptz as due_at, null::timestamptz as at_risk_at from (${base(worker, filter)}) asked`
    : sql`
      select id, min(at) as at, min(due_at) as due_at, min(at_risk_at) as at_risk_at
      from (
        select id, at, null::timestamptz as due_at, null::timestamptz as at_risk_at from (${base(worker, filter)}) asked
        union all ${deadlines(worker)}) both_lists
      group by id having min(at) is not null`

/** The front door's own deadlines, of the clocks that run. */
export const deadlines = (worker: StaffViewer) => sql`
  select r.concern_id as id, null::timestamptz as at, r.due_at, r.at_risk_at from clock_run r
  where r.partnership_id = ${worker.partnership} and ${runs(sql`r`)}`

/** A clock of the front door that runs; a partner's answer is not ours to be late with. */
const runs = (run: RawBuilder<unknown>) => sql`${run}.stopped_at is null and ${run}.clock <> 'partner-check-reply'
  and not exists (select from clock_pause z
    where z.partnership_id = ${run}.partnership_id and z.run_id = ${run}.id and z.to_at is null)`

const conditions = (
  worker: StaffViewer,
  keys: Keys,
  filter: QueueFilter,
  now: Date,
  today: string,
): RawBuilder<unknown> => {
  const { due, priority, channel, frame, setting, area } = filter
  // Every word of the question stands in the place; their order and what stands between is nobody's to know here.
  const wordsOf = (text: string) => sql`${placeWords(keys, worker.partnership, text)}::text[]`
  const level = sql`select from priority x where x.partnership_id = ${worker.partnership} and x.concern_id = b.id and x.ended_at is null`
  const of = all([
    ...(channel ? [sql`c.channel = ${channel}`] : []),
    ...(setting ? [sql`c.setting = ${setting}`] : []),
    ...(frame ? [sql`${frameOf(today)} = ${frame}`] : []),
    ...(area
      ? [
          sql`(c.place_words @> ${wordsOf(area)} and ${wordsOf(area)} <> '{}' or replace(c.postcode, ' ', '') ilike ${like(area.replaceAll(' ', '')).slice(1)})`,
        ]
      : []),
  ])
  const own = all([
    ...(due === 'late' ? [sql`b.due_at < ${now}`] : []),
    ...(due === 'at-risk' ? [sql`b.at_risk_at <= ${now} and b.due_at >= ${now}`] : []),
    ...(priority === 'none' ? [sql`not exists (${level})`] : []),
    ...(priority && priority !== 'none' ? [sql`exists (${level} and x.level = ${priority})`] : []),
  ])
  // The offset keeps the planner from reading every concern there is for the few thousand that are asked about.
  return aboutConcern(filter)
    ? sql`cross join lateral (select from concern c
        where c.partnership_id = ${worker.partnership} and c.id = b.id and ${of} offset 0) of_concern where ${own}`
    : sql`where ${own}`
}

const all = (conditions: RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join([sql`true`, ...conditions], sql` and `)

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** `frameOn` in SQL, for rows `c` of concern; a test holds the two together. */
export const frameOf = (today: string): RawBuilder<Frame | 'not known'> => sql`(
  select case
    when count(*) = 0 and c.about in ('place', 'business', 'group', 'online') then 'context'
    when bool_or(age = 'child') then 'child'
    when bool_and(age = 'adult') then 'adult'
    else 'not known' end
  from (select case when s.born_on is null then coalesce(s.age_group, 'not known')
      when s.born_on > (${today}::date - interval '18 years')::date then 'child' else 'adult' end as age
    from concern_person s where s.partnership_id = c.partnership_id and s.concern_id = c.id and s.part = 'worried about') ages)`
