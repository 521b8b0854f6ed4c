import { sql } from 'kysely'
import { dataKeys, hasRole, openText, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { fedAt } from './apply-run.ts'
import type { Feed, Run } from './feed.ts'
import type { Said } from './read-row.ts'

export type FeedItem = Pick<Feed, 'id' | 'name'> & {
  people: number
  last: Pick<Run, 'id' | 'state' | 'started_at'> | null
}

/** The feeds of their own agency that somebody may send. */
export const feedsFor = async (tx: Tx, worker: StaffViewer): Promise<FeedItem[]> => {
  const { rows } = await sql<FeedItem>`
    select f.id, f.name, l.last,
      (select count(*)::int from fed_person p where p.partnership_id = f.partnership_id and p.feed_id = f.id and p.ended_at is null) as people
    from feed f left join lateral (
      select json_build_object('id', r.id, 'state', r.state, 'started_at', r.started_at) as last from feed_run r
      where r.partnership_id = f.partnership_id and r.feed_id = f.id order by r.started_at desc limit 1) l on true
    where f.partnership_id = ${worker.partnership} and f.agency_id = ${worker.agency}
      and (${hasRole(worker, 'manager')} or exists (select from feed_sender s
        where s.partnership_id = f.partnership_id and s.feed_id = f.id and s.staff_id = ${worker.staff}))
    order by f.name, f.id`.execute(tx)
  return rows.map((row) => ({ ...row, last: row.last && { ...row.last, started_at: new Date(row.last.started_at) } }))
}

/** The files of a feed, the newest first. */
export const runsOf = (tx: Tx, partnership: string, feed: string) =>
  tx
    .selectFrom('feed_run')
    .select(['id', 'state', 'started_at'])
    .where('partnership_id', '=', partnership)
    .where('feed_id', '=', feed)
    .orderBy('started_at', 'desc')
    .limit(20)
    .execute()

const stale_days = 90

/** What there is to mend on a list: each person once for each issue. */
const toMend = (partnership: string, feed: string, now: Date) => sql`
  select p.id, i.issue from fed_person p cross join lateral (
    select unnest(p.issues) as issue
    union all select 'stale' where p.seen_at < ${now}::timestamptz - make_interval(days => ${stale_days})
    union all select 'alike' where p.alike_hash is not null and exists (select from fed_person o
      where o.partnership_id = p.partnership_id and o.feed_id = p.feed_id and o.alike_hash = p.alike_hash
        and o.ended_at is null and o.id <> p.id)) i
  where p.partnership_id = ${partnership} and p.feed_id = ${feed} and p.ended_at is null`

/** How many people of a list have which issue. */
export const qualityOf = async (tx: Tx, partnership: string, feed: string, now: Date) => {
  const { rows } = await sql<{ issue: string; people: number }>`
    select m.issue, count(*)::int as people from (${toMend(partnership, feed, now)}) m group by m.issue order by people desc, m.issue`.execute(
    tx,
  )
  return rows
}

const most_listed = 50_000

/** Who they are, by the agency's own ids, for its own people. */
export const mendList = async (tx: Tx, keys: Keys, partnership: string, feed: string, now: Date) => {
  const { rows } = await sql<{ id: string; issue: string; key_id: string; said_sealed: Buffer }>`
    select m.id, m.issue, p.key_id, p.said_sealed from (${toMend(partnership, feed, now)}) m
    join fed_person p on p.partnership_id = ${partnership} and p.id = m.id order by m.issue, m.id limit ${most_listed}`.execute(
    tx,
  )
  const open = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ id, issue, key_id, said_sealed }) => {
    const key = open.get(key_id)
    return key ? [{ issue, own: (JSON.parse(openText(key, fedAt(id), said_sealed)) as Said).own }] : []
  })
}

/** The rows of a file that were left out, by line. */
export const leftOutOf = async (tx: Tx, partnership: string, run: string, most: number, afterLine = 0) =>
  tx
    .selectFrom('feed_row')
    .select(['line', 'reason', 'at_column', 'number'])
    .where('partnership_id', '=', partnership)
    .where('run_id', '=', run)
    .where('what', 'in', ['broken', 'again'])
    .where('line', '>', afterLine)
    .orderBy('line')
    .limit(most)
    .execute()
