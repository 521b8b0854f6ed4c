import { sql } from 'kysely'
import { fold } from '../../linkage/index.ts'
import { blindIndex, sealText, type DataKey, type Tx } from '../../platform/index.ts'
import type { BrokenRow, Row, Sheet } from './table.ts'
import type { Mapping } from './columns.ts'
import type { Bench, Feed } from './feed.ts'
import { readRow, type Broken, type Said } from './read-row.ts'

type Staged = {
  line: number
  what: 'new' | 'changed' | 'same' | 'gone' | 'again' | 'broken'
  own: Buffer | null
  said: Buffer | null
  fingerprint: Buffer | null
  alike: Buffer | null
  issues: string[]
  reason: string | null
  column: string | null
  number: number | null
}
type Reading = { run: string; feed: Feed; key: DataKey; columns: Mapping; sheet: Sheet; today: string }

/** Keeps that lines could not be read as rows at all. Told twice, they are there once. */
export const leftOut = (tx: Tx, bench: Bench, feed: Feed, run: string, rows: readonly BrokenRow[]): Promise<void> =>
  write(
    tx,
    bench,
    feed,
    run,
    rows.map(({ line, columns }) =>
      brokenAt(line, { reason: columns === undefined ? 'quotation' : 'columns', number: columns }),
    ),
  )

/**
 * Reads rows against the list as it is: new, changed, the same, gone, or left out with the reason. Two that bear one id and
 * say different things are both left out, since nobody can tell which is right.
 */
export const stageRows = async (tx: Tx, bench: Bench, reading: Reading, rows: readonly Row[]): Promise<void> => {
  const { keys, partnership } = bench
  const { feed, sheet, columns, today, key, run } = reading
  const read = rows.map(({ values, line }) => ({ line, read: readRow(sheet.header, values, columns, today) }))
  const hashOf = (own: string): Buffer => blindIndex(keys, partnership, `feed ${feed.id}`, own)
  const owns = read.flatMap(({ read: one }) => ('said' in one ? one.said.own : (one.own ?? [])))
  const listed = await fingerprintsOf(tx, partnership, feed.id, owns.map(hashOf))
  const earlier = await earlierOf(tx, partnership, run, owns.map(hashOf))
  const staged: Staged[] = []
  const nowBroken = new Map<number, number>()
  for (const { line, read: one } of read) {
    if ('reason' in one) {
      const own = one.own === undefined ? null : hashOf(one.own)
      staged.push({ ...brokenAt(line, one), own })
      if (own && !earlier.has(own.toString('hex')))
        earlier.set(own.toString('hex'), { line, what: 'broken', fingerprint: null })
      continue
    }
    const own = hashOf(one.said.own)
    const name = own.toString('hex')
    const fingerprint = blindIndex(keys, partnership, `feed row ${feed.id}`, JSON.stringify([one.said, one.deleted]))
    const before = earlier.get(name)
    if (before) {
      const isSame = before.what !== 'broken' && before.fingerprint?.equals(fingerprint)
      staged.push({
        ...brokenAt(line, { reason: isSame ? 'said again' : 'duplicate', number: before.line }),
        own,
        what: isSame ? 'again' : 'broken',
      })
      if (!isSame && before.what !== 'broken') {
        nowBroken.set(before.line, line)
        earlier.set(name, { ...before, what: 'broken' })
      }
      continue
    }
    const stands = listed.get(name)
    const what = one.deleted
      ? stands
        ? 'gone'
        : 'same'
      : !stands
        ? 'new'
        : stands.equals(fingerprint)
          ? 'same'
          : 'changed'
    const sealed = what === 'new' || what === 'changed'
    earlier.set(name, { line, what, fingerprint })
    staged.push({
      line,
      what,
      own,
      said: sealed ? sealText(key, saidAt(run, line), JSON.stringify(one.said)) : null,
      fingerprint,
      alike: alikeOf(bench, feed.id, one.said),
      issues: one.issues,
      reason: null,
      column: null,
      number: null,
    })
  }
  const within = staged.map((row) => {
    const other = nowBroken.get(row.line)
    return other === undefined ? row : { ...brokenAt(row.line, { reason: 'duplicate', number: other }), own: row.own }
  })
  const there = new Set(staged.map(({ line }) => line))
  for (const [line, other] of nowBroken)
    if (!there.has(line))
      await sql`update feed_row set what = 'broken', reason = 'duplicate', number = ${other}, said_sealed = null
        where partnership_id = ${partnership} and run_id = ${run} and line = ${line}`.execute(tx)
  await write(tx, bench, feed, run, within)
}

export const saidAt = (run: string, line: number) => ({ table: 'feed_row', column: 'said', row: `${run} ${line}` })

const brokenAt = (line: number, { reason, column, number }: Broken): Staged => ({
  line,
  what: 'broken',
  own: null,
  said: null,
  fingerprint: null,
  alike: null,
  issues: [],
  reason,
  column: column ?? null,
  number: number ?? null,
})

/** Name and birth, as one hash: two of a list that share it are probably one person. */
const alikeOf = ({ keys, partnership }: Bench, feed: string, { person }: Said): Buffer | null => {
  const { name = '', born_on } = person
  if (!born_on || born_on.length < 10) return null
  const words = fold(name).split(' ').sort().join(' ')
  return blindIndex(keys, partnership, `feed alike ${feed}`, `${words}|${born_on}`)
}

const fingerprintsOf = async (tx: Tx, partnership: string, feed: string, hashes: readonly Buffer[]) => {
  const { rows } = await sql<{ own: string; fingerprint: Buffer }>`
    select encode(own_hash, 'hex') as own, fingerprint from fed_person where partnership_id = ${partnership}
      and feed_id = ${feed} and ended_at is null and own_hash = any (${hashes}::bytea[])`.execute(tx)
  return new Map(rows.map(({ own, fingerprint }) => [own, fingerprint]))
}

const earlierOf = async (tx: Tx, partnership: string, run: string, hashes: readonly Buffer[]) => {
  type Earlier = { line: number; what: string; fingerprint: Buffer | null }
  const { rows } = await sql<{ own: string } & Earlier>`
    select distinct on (own_hash) encode(own_hash, 'hex') as own, line, what, fingerprint from feed_row
    where partnership_id = ${partnership} and run_id = ${run} and own_hash = any (${hashes}::bytea[])
    order by own_hash, line`.execute(tx)
  return new Map<string, Earlier>(rows.map(({ own, ...row }) => [own, row]))
}

const write = async (
  tx: Tx,
  { partnership }: Bench,
  feed: Feed,
  run: string,
  rows: readonly Staged[],
): Promise<void> => {
  if (rows.length === 0) return
  await tx
    .insertInto('feed_row')
    .values(
      rows.map(({ line, what, own, said, fingerprint, alike, issues, reason, column, number }) => ({
        partnership_id: partnership,
        run_id: run,
        line,
        agency_id: feed.agency_id,
        what,
        own_hash: own,
        said_sealed: said,
        fingerprint,
        alike_hash: alike,
        issues,
        reason,
        at_column: column,
        number,
      })),
    )
    .onConflict((conflict) => conflict.columns(['partnership_id', 'run_id', 'line']).doNothing())
    .execute()
}

export type Counts = {
  before: number
  new: number
  changed: number
  same: number
  gone: number
  broken: number
  /** Of a whole list: people who are not in the file. */
  absent: number
  /** Rows that were left out without an id: they could be anybody who is missing. */
  nameless: number
}

/** What a run comes to. */
export const summed = async (tx: Tx, partnership: string, run: string, feed: Feed): Promise<Counts> => {
  const { rows } = await sql<Counts>`
    select (select count(*)::int from fed_person where partnership_id = ${partnership} and feed_id = ${feed.id} and ended_at is null) as before,
      count(*) filter (where what = 'new')::int as new, count(*) filter (where what = 'changed')::int as changed,
      count(*) filter (where what = 'same')::int as same, count(*) filter (where what = 'gone')::int as gone,
      count(*) filter (where what in ('broken', 'again'))::int as broken,
      count(*) filter (where what = 'broken' and own_hash is null)::int as nameless,
      (select count(*)::int from (${absent(partnership, run, feed)}) a) as absent
    from feed_row where partnership_id = ${partnership} and run_id = ${run}`.execute(tx)
  const counts = rows[0]!
  return { ...counts, gone: counts.gone + counts.absent }
}

/**
 * Who is on the list and not in a file that says the whole of it. Whoever's row was left out is in it all the same. Each is
 * looked for by its index: without statistics the planner would compare every one with every row.
 */
export const absent = (partnership: string, run: string, feed: Feed) => sql<{ id: string }>`
  select p.id from fed_person p where ${feed.sends} = 'whole' and p.partnership_id = ${partnership}
    and p.feed_id = ${feed.id} and p.ended_at is null
    and not exists (select from feed_row r where r.partnership_id = p.partnership_id and r.run_id = ${run} and r.own_hash = p.own_hash offset 0)`
