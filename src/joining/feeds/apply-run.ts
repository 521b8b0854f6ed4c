import { sql } from 'kysely'
import {
  dataKeyOf,
  dataKeysOf,
  destroyDataKey,
  newId,
  openText,
  sealText,
  type DataKey,
  type Tx,
  type Viewer,
} from '../../platform/index.ts'
import { endRun } from './end-run.ts'
import { feedOf, runOf, type Bench, type Feed, type Run } from './feed.ts'
import { noteFed, partFed } from './note-fed.ts'
import type { Said } from './read-row.ts'
import type { Step } from './read-run.ts'
import { absent, saidAt } from './stage.ts'

/** So many rows are applied in one transaction, with how far it is. */
const at_once = 500

/**
 * Brings the list up to what was read and confirmed: whoever is new or changed, then whoever is gone. Each part commits with
 * how far it is, so that a run that was killed goes on there and comes to the same end.
 */
export const applyRun = async (bench: Bench, id: string, batches = Infinity): Promise<Step> => {
  for (let done = 0; done < batches; done++) {
    const step = await bench.within((tx) => applySome(tx, bench, id))
    if (step !== 'more') return step
  }
  return 'more'
}

type Row = {
  line: number
  what: 'new' | 'changed' | 'gone'
  own_hash: Buffer
  fingerprint: Buffer
  alike_hash: Buffer | null
  said_sealed: Buffer | null
  issues: string[]
  fed: string | null
}

const applySome = async (tx: Tx, bench: Bench, id: string): Promise<Step> => {
  const { partnership, now } = bench
  const locked =
    await sql`select from feed_run where partnership_id = ${partnership} and id = ${id} and state = 'applying'
    for update skip locked`.execute(tx)
  const run = await runOf(tx, partnership, id)
  if (locked.rows.length === 0) return run.state === 'applying' ? 'busy' : 'done'
  const feed = await feedOf(tx, partnership, run.feed_id)
  const { rows } = await sql<Row>`
    select r.*, p.id as fed from (
      select line, what, own_hash, fingerprint, alike_hash, said_sealed, issues from feed_row
      where partnership_id = ${partnership} and run_id = ${id} and line > ${run.applied_line}
        and what in ('new', 'changed', 'gone')
      order by line limit ${at_once}) r
    left join lateral (select id from fed_person where partnership_id = ${partnership} and feed_id = ${feed.id}
      and own_hash = r.own_hash and ended_at is null limit 1) p on true
    order by r.line`.execute(tx)
  if (rows.length > 0) {
    await listPeople(tx, bench, run, feed, rows)
    await sql`update feed_run set applied_line = ${rows.at(-1)!.line} where partnership_id = ${partnership} and id = ${id}`.execute(
      tx,
    )
    return 'more'
  }
  const { rows: missing } = await sql<{
    id: string
  }>`${absent(partnership, id, feed)} order by p.id limit ${at_once}`.execute(tx)
  await endFed(
    tx,
    { kind: 'system', partnership },
    missing.map((one) => one.id),
    now,
  )
  if (missing.length > 0) return 'more'
  await sql`update fed_person p set seen_at = ${now} from feed_row r
    where p.partnership_id = ${partnership} and p.feed_id = ${feed.id} and p.ended_at is null
      and r.partnership_id = p.partnership_id and r.run_id = ${id} and r.own_hash = p.own_hash and r.what = 'same'`.execute(
    tx,
  )
  const { new_rows, changed_rows, same_rows, gone_rows, broken_rows } = run
  const detail = { new: new_rows, changed: changed_rows, same: same_rows, gone: gone_rows, broken: broken_rows }
  await endRun(tx, { kind: 'system', partnership }, run, { state: 'applied', at: now, detail })
  return 'done'
}

const listPeople = async (tx: Tx, bench: Bench, run: Run, feed: Feed, rows: readonly Row[]): Promise<void> => {
  const { keys, partnership, now } = bench
  const ofRun = await dataKeyOf(tx, keys, partnership, { kind: 'feed run', id: run.id })
  const there = rows
    .filter(({ what }) => what !== 'gone')
    .map((row) => ({ ...row, id: row.fed ?? newId(), said: open(ofRun, run.id, row) }))
  const owners = await dataKeysOf(
    tx,
    keys,
    partnership,
    'fed person',
    there.map(({ id }) => id),
  )
  const said = there.map((row) => ({ ...row, key: owners.get(row.id)! }))
  await write(
    tx,
    bench,
    feed,
    said.filter(({ fed }) => fed === null),
  )
  await rewrite(
    tx,
    bench,
    said.filter(({ fed }) => fed !== null),
  )
  const entries = said.map(({ id, key, said: { person } }) => ({ id, agency: feed.agency_id, key, person }))
  await noteFed(tx, keys, partnership, entries, now)
  const gone = rows.flatMap(({ what, fed }) => (what === 'gone' && fed ? [fed] : []))
  await endFed(tx, { kind: 'system', partnership }, gone, now)
}

type ToWrite = Row & { id: string; said: Said; key: DataKey }

const write = async (tx: Tx, { partnership, now }: Bench, feed: Feed, those: readonly ToWrite[]): Promise<void> => {
  if (those.length === 0) return
  await sql`insert into fed_person (partnership_id, id, feed_id, agency_id, own_hash, key_id, since, ${columns})
    select ${partnership}, r.id, ${feed.id}, ${feed.agency_id}, r.own_hash, r.key_id, ${now}, ${values(now)}
    from ${listed(those)}`.execute(tx)
}

const rewrite = async (tx: Tx, { partnership, now }: Bench, those: readonly ToWrite[]): Promise<void> => {
  if (those.length === 0) return
  await sql`update fed_person p set (${columns}) = row (${values(now)}) from ${listed(those)}
    where p.partnership_id = ${partnership} and p.id = r.id`.execute(tx)
}

const columns = sql`fingerprint, alike_hash, said_sealed, from_on, to_on, issues, seen_at`
const values = (now: Date) =>
  sql`r.fingerprint, r.alike_hash, r.said_sealed, r.from_on, r.to_on, string_to_array(r.issues, '|'), ${now}::timestamptz`
/** As one table, whatever their number: a list of its own for each row would be another statement for each number. */
const listed = (those: readonly ToWrite[]) => sql`unnest(${those.map(({ id }) => id)}::uuid[],
  ${those.map(({ own_hash }) => own_hash)}::bytea[], ${those.map(({ key }) => key.id)}::uuid[],
  ${those.map(({ fingerprint }) => fingerprint)}::bytea[], ${those.map(({ alike_hash }) => alike_hash)}::bytea[],
  ${those.map(({ id, key, said }) => sealText(key, fedAt(id), JSON.stringify(said)))}::bytea[],
  ${those.map(({ said }) => said.from_on)}::date[], ${those.map(({ said }) => said.to_on)}::date[],
  ${those.map(({ issues }) => issues.join('|'))}::text[])
  as r (id, own_hash, key_id, fingerprint, alike_hash, said_sealed, from_on, to_on, issues)`

const open = (key: DataKey, run: string, { line, said_sealed }: Row): Said =>
  JSON.parse(openText(key, saidAt(run, line), said_sealed!)) as Said

/** Where what is said of somebody lies sealed. */
export const fedAt = (id: string) => ({ table: 'fed_person', column: 'said', row: id })

/** They are on the list no more: what was said of them opens nowhere, and nobody is told of the agency. */
const endFed = async (tx: Tx, viewer: Viewer, ids: readonly string[], at: Date): Promise<void> => {
  if (ids.length === 0) return
  const { partnership } = viewer
  await sql`update fed_person set said_sealed = null, alike_hash = null, from_on = null, to_on = null, issues = '{}', ended_at = ${at}
    where partnership_id = ${partnership} and id = any (${ids}::uuid[]) and ended_at is null`.execute(tx)
  await partFed(tx, partnership, ids, at)
  for (const id of ids) await destroyDataKey(tx, viewer, { kind: 'fed person', id }, 'gone from its list')
}
