import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { startCheck, type KeptLeaf, type OutsideCheckpoint, type Verdict } from './check-log.ts'
import type { LogKeys } from './checkpoint.ts'
import { lookUp, rowOf, speakUtc, storedEvent, type EventRow, type StoredEvent } from './leaf.ts'

const page = 5000

/**
 * Reads everything again and checks it: each leaf against its event, the tree, what was signed, and what others kept.
 * Needs a transaction that sees every row and one moment of them (the owner's, repeatable read).
 */
export const verifyLog = async (
  tx: Tx,
  partnership: string,
  keys: LogKeys,
  outside: readonly OutsideCheckpoint[],
): Promise<Verdict> => {
  await speakUtc.execute(tx)
  const of = partnership
  const nodes = tx.selectFrom('event_node').select(['level', 'position', 'hash']).where('partnership_id', '=', of)
  const checkpoints = tx.selectFrom('event_checkpoint').select(['size', 'at', 'note']).where('partnership_id', '=', of)
  const now = (await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx)).rows[0]!.now
  const kept = { nodes: await nodes.execute(), checkpoints: await checkpoints.execute(), outside }
  const check = startCheck(partnership, keys, kept, now)
  let seen = 0
  for await (const leaf of leavesIn(tx, partnership)) {
    check.leaf(leaf)
    if (leaf.row) seen++
  }
  // Counting is quicker than looking for what is mostly not there.
  const all = await sql<{ n: number }>`select count(*) as n from event where partnership_id = ${of}`.execute(tx)
  if (all.rows[0]!.n !== seen) for await (const row of eventsWithoutLeaf(tx, partnership)) check.withoutLeaf(row)
  return check.verdict()
}

/** Every leaf with its event, in order of position. */
export async function* leavesIn(tx: Tx, partnership: string, most = Number.MAX_SAFE_INTEGER): AsyncGenerator<KeptLeaf> {
  await lookUp(true).execute(tx)
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await pageOf(tx, partnership, from, most)
    for (const { json, detail, ...leaf } of rows) yield { ...leaf, row: json && rowOf({ json, detail }) }
    if (rows.length < page) break
    from = rows.at(-1)!.position + 1
  }
  await lookUp(false).execute(tx)
}

const pageOf = async (tx: Tx, partnership: string, from: number, most: number) => {
  const { rows } = await sql<Omit<KeptLeaf, 'row'> & { json: EventRow | null; detail: string }>`
    select l.position, l.event_id as event, l.hash, l.mac, case when e.id is not null then to_json(e) end as json,
      e.detail::text as detail, e.salt
    from (select * from event_leaf where partnership_id = ${partnership} and position >= ${from} and position < ${most}
      order by position limit ${page}) l
    left join event e on e.partnership_id = l.partnership_id and e.id = l.event_id order by l.position`.execute(tx)
  return rows
}

async function* eventsWithoutLeaf(tx: Tx, partnership: string): AsyncGenerator<EventRow> {
  await sql`declare waiting_events no scroll cursor for select ${storedEvent} from event e
    where e.partnership_id = ${sql.lit(partnership)}
      and not exists (select from event_leaf l where l.partnership_id = e.partnership_id and l.event_id = e.id)
    order by e.seq`.execute(tx)
  for (;;) {
    const { rows } = await sql<StoredEvent>`fetch 1000 from waiting_events`.execute(tx)
    if (rows.length === 0) break
    for (const one of rows) yield rowOf(one)
  }
  await sql`close waiting_events`.execute(tx)
}
