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
const at_once = 100

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
    select r.line, r.what, r.own_hash, r.fingerprint, r.alike_hash, r.said_sealed, r.issues, p.id as fed
    from feed_row r left join fed_person p on p.partnership_id = r.partnership_id and p.feed_id = ${feed.id}
      and p.own_hash = r.own_hash and p.ended_at is null
    where r.partnership_id = ${partnership} and r.run_id = ${id} and r.line > ${run.applied_line}
      and r.what in ('new', 'changed', 'gone')
    order by r.line limit ${at_once}`.execute(tx)
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
  for (const one of missing) await endFed(tx, { kind: 'system', partnership }, one.id, now)
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
  for (const { id, fed, said, own_hash, fingerprint, alike_hash, issues } of there) {
    const key = owners.get(id)!
    const says = {
      fingerprint,
      alike_hash,
      said_sealed: sealText(key, fedAt(id), JSON.stringify(said)),
      from_on: said.from_on,
      to_on: said.to_on,
      issues,
      seen_at: now,
    }
    if (fed)
      await tx
        .updateTable('fed_person')
        .set(says)
        .where('partnership_id', '=', partnership)
        .where('id', '=', id)
        .execute()
    else
      await tx
        .insertInto('fed_person')
        .values({
          partnership_id: partnership,
          id,
          feed_id: feed.id,
          agency_id: feed.agency_id,
          own_hash,
          key_id: key.id,
          since: now,
          ...says,
        })
        .execute()
    await noteFed(tx, keys, partnership, { id, agency: feed.agency_id, key, person: said.person, at: now })
  }
  for (const { what, fed } of rows)
    if (what === 'gone' && fed) await endFed(tx, { kind: 'system', partnership }, fed, now)
}

const open = (key: DataKey, run: string, { line, said_sealed }: Row): Said =>
  JSON.parse(openText(key, saidAt(run, line), said_sealed!)) as Said

/** Where what is said of somebody lies sealed. */
export const fedAt = (id: string) => ({ table: 'fed_person', column: 'said', row: id })

/** Somebody is on the list no more: what was said of them opens nowhere, and nobody is told of the agency. */
export const endFed = async (tx: Tx, viewer: Viewer, id: string, at: Date): Promise<void> => {
  const { partnership } = viewer
  await tx
    .updateTable('fed_person')
    .set({ said_sealed: null, alike_hash: null, from_on: null, to_on: null, issues: [], ended_at: at })
    .where('partnership_id', '=', partnership)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
  await partFed(tx, partnership, id, at)
  await destroyDataKey(tx, viewer, { kind: 'fed person', id }, 'gone from its list')
}
