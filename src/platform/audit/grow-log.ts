import { sql } from 'kysely'
import type { Db, Tx } from '../db.ts'
import type { Keys } from '../keys.ts'
import { asViewer } from '../transaction.ts'
import { logKeys, macOf, readCheckpoint, signCheckpoint, type Complete, type LogKeys } from './checkpoint.ts'
import { leafOf, lookUp, rowOf, saidBy, speakUtc, storedEvent, type StoredEvent } from './leaf.ts'
import { hashesOf } from './nodes.ts'
import { edgeOf, growTree, leafHash, type Subtree } from './tree.ts'

const batch = 1000
const minute = 60_000

/** What was seen at one moment: the highest number, and the transaction that would begin next. */
type Mark = { seq: number; time: string; next: bigint; at: number }
/** Up to where one partnership's events are known to be in the tree, and what was seen beyond. */
type Progress = { settled?: Mark; seen: Mark[] }

/** How long a transaction may take from drawing a number to getting its own, which are neighbouring instructions. */
const drawing = 2000

/**
 * Brings committed events into their partnership's tree, and signs a checkpoint every minute or thousand events. What it
 * returns is called now and then; two servers doing it at once take turns.
 *
 * Numbers are drawn before a transaction commits, so a lower one may come to light later. None is missed for it: whatever
 * has no leaf yet gets one, and only what lies at or below a *settled* number is not looked at again. A number is settled
 * when every transaction that had begun when it was seen has ended. What is settled is also signed: nothing can turn up
 * there any more, and the first walk after a start begins there.
 */
export const makeLogGrower = (db: Db, keys: Keys) => {
  const all = new Map<string, Progress>()
  /** Returns whether whatever was seen at the first of these walks is settled. */
  return async (sign: 'in time' | 'now' | 'not yet' = 'in time'): Promise<boolean> => {
    for (const partnership of await partnerships(db)) {
      const progress = all.get(partnership) ?? { seen: [] }
      all.set(partnership, progress)
      const { oldest, ...mark } = await look(db, partnership)
      const over = progress.seen.findLast(({ next, at }) => next <= oldest && mark.at - at >= drawing)
      await walk(db, logKeys(keys, partnership), partnership, progress.settled?.seq, { sign, complete: over })
      progress.settled = over ?? progress.settled
      progress.seen = [...progress.seen.slice(over ? progress.seen.indexOf(over) : 0), mark]
    }
    return [...all.values()].every(({ settled }) => settled)
  }
}

const pause = 2000

/** How long a checkpoint asked for by hand waits for what had begun before it. */
const patience = 60_000

/**
 * Signs for everything up to now, which takes two seconds, or as long as what was going on takes, a minute at most: only
 * then is sure that nothing else will turn up. A longer one is not waited for: what is signed claims less then.
 */
export const signLogNow = async (db: Db, keys: Keys): Promise<void> => {
  const growLog = makeLogGrower(db, keys)
  const began = performance.now()
  await growLog('not yet')
  do await new Promise((resolve) => setTimeout(resolve, drawing))
  while (!(await growLog('not yet')) && performance.now() - began < patience)
  await growLog('now')
}

/**
 * Does so every two seconds, and once more when it is stopped, so that nothing waits unsigned for the next start. What ten
 * seconds of a busy afternoon bring at once held up every page of that moment (200 ms where 30 are usual, measured).
 */
export const keepLogGrowing = (db: Db, keys: Keys, onError: (error: unknown) => void) => {
  const growLog = makeLogGrower(db, keys)
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<unknown> = Promise.resolve()
  const turn = (): void => {
    current = growLog()
      .catch(onError)
      .finally(() => {
        if (!stopping) timer = setTimeout(turn, pause)
      })
  }
  turn()
  return {
    stop: async (): Promise<void> => {
      stopping = true
      clearTimeout(timer)
      await current
      await growLog('now').catch(onError)
    },
  }
}

const partnerships = async (db: Db): Promise<string[]> => {
  const rows = await asViewer(db, { kind: 'system', partnership: 'any' }, (tx) =>
    tx.selectFrom('partnership').select('id').orderBy('slug').execute(),
  )
  return rows.map(({ id }) => id)
}

const look = (db: Db, partnership: string): Promise<Mark & { oldest: bigint }> =>
  asViewer(db, { kind: 'system', partnership }, async (tx) => {
    const { rows } = await sql<{ seq: number; time: string; oldest: string; next: string }>`
      select coalesce(max(seq), 0) as seq, ${utcNow} as time, pg_snapshot_xmin(pg_current_snapshot())::text as oldest,
        pg_snapshot_xmax(pg_current_snapshot())::text as next
      from event where partnership_id = ${partnership}`.execute(tx)
    const { seq, time, oldest, next } = rows[0]!
    return { seq, time, oldest: BigInt(oldest), next: BigInt(next), at: performance.now() }
  })

/** The statement's own moment: no row that it sees was recorded later, and none of an ended transaction is unseen. */
const utcNow = sql`to_char(statement_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

type Signing = { sign: 'in time' | 'now' | 'not yet'; complete?: Complete }

const walk = async (db: Db, keys: LogKeys, partnership: string, settled: number | undefined, how: Signing) => {
  let after = settled
  do {
    const from = after
    after = await asViewer(db, { kind: 'system', partnership }, (tx) => grow(tx, keys, partnership, from, how))
  } while (after !== undefined)
}

/**
 * Gives the next events without one their leaf, from `after` on, or from where the last checkpoint says that the log is
 * complete: what turns up before that was put there, and `audit verify` says so. Returns the number to go on after, or
 * nothing when that was all.
 */
const grow = async (
  tx: Tx,
  keys: LogKeys,
  partnership: string,
  after: number | undefined,
  { sign, complete }: Signing,
): Promise<number | undefined> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`event log ${partnership}`}, 0))`.execute(tx)
  await speakUtc.execute(tx)
  await lookUp(true).execute(tx)
  const signed = await lastCheckpoint(tx, partnership)
  const before = signed.note === null ? undefined : readCheckpoint(signed.note)?.complete
  const events = await withoutLeaf(tx, partnership, after ?? before?.seq ?? -1)
  const more = events.length === batch
  if (events.length === 0 && signed.size === signed.leaves) return undefined
  const nodes: (Subtree & { hash: Buffer })[] = []
  const edge = await hashesOf(tx, partnership, edgeOf(signed.leaves))
  const tree = growTree(signed.leaves, edge, (node, hash) => nodes.push({ ...node, hash }))
  const leaves = events.map(({ row, salt }) => {
    const hash = leafHash(leafOf(partnership, row.id, saidBy(row), salt))
    const position = tree.size()
    tree.append(hash)
    return { position, event: row.id, hash, mac: macOf(keys, position, hash) }
  })
  if (leaves.length) await keepLeaves(tx, partnership, leaves)
  if (nodes.length) await keepNodes(tx, partnership, nodes)
  const fresh = tree.size() - signed.size
  const due = fresh >= batch || sign === 'now' || signed.age * 1000 >= minute
  if (fresh > 0 && due && sign !== 'not yet') {
    const settled = !more && complete && complete.seq >= (before?.seq ?? 0) ? complete : before
    const [size, root, at] = [tree.size(), tree.root(), signed.now]
    const note = signCheckpoint(keys, { size, root, at, previous: signed.size, complete: settled })
    await tx.insertInto('event_checkpoint').values({ partnership_id: partnership, size, at, note }).execute()
  }
  return more ? events.at(-1)!.row.seq : undefined
}

const withoutLeaf = async (tx: Tx, partnership: string, after: number) => {
  const { rows } = await sql<StoredEvent>`
    select ${storedEvent} from event e
    where e.partnership_id = ${partnership} and e.seq > ${after}
      and not exists (select from event_leaf l where l.partnership_id = e.partnership_id and l.event_id = e.id)
    order by e.seq limit ${batch}`.execute(tx)
  return rows.map((one) => ({ row: rowOf(one), salt: one.salt }))
}

/** The time is the database's, as the events' is. */
const lastCheckpoint = async (tx: Tx, partnership: string) => {
  const { rows } = await sql<{ leaves: number; size: number; note: string | null; age: number; now: string }>`
    select coalesce((select max(position) + 1 from event_leaf where partnership_id = ${partnership}), 0) as leaves,
      coalesce(c.size, 0) as size, c.note, coalesce(extract(epoch from clock_timestamp() - c.at)::float8, 'Infinity') as age,
      to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now
    from (select) one left join
      (select size, at, note from event_checkpoint where partnership_id = ${partnership} order by size desc limit 1) c on true`.execute(
    tx,
  )
  return rows[0]!
}

const hex = (bytes: readonly Buffer[]) => sql`${bytes.map((one) => one.toString('hex'))}::text[]`

const keepLeaves = async (
  tx: Tx,
  partnership: string,
  leaves: readonly { position: number; event: string; hash: Buffer; mac: Buffer }[],
): Promise<void> => {
  await sql`insert into event_leaf (partnership_id, position, event_id, hash, mac)
    select ${partnership}, position, event, decode(hash, 'hex'), decode(mac, 'hex') from unnest(
      ${leaves.map(({ position }) => position)}::bigint[], ${leaves.map(({ event }) => event)}::uuid[],
      ${hex(leaves.map(({ hash }) => hash))}, ${hex(leaves.map(({ mac }) => mac))}) l(position, event, hash, mac)`.execute(
    tx,
  )
}

const keepNodes = async (
  tx: Tx,
  partnership: string,
  nodes: readonly (Subtree & { hash: Buffer })[],
): Promise<void> => {
  await sql`insert into event_node (partnership_id, level, position, hash)
    select ${partnership}, level, position, decode(hash, 'hex') from unnest(
      ${nodes.map(({ level }) => level)}::int[], ${nodes.map(({ position }) => position)}::bigint[],
      ${hex(nodes.map(({ hash }) => hash))}) n(level, position, hash)`.execute(tx)
}
