import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { startCheck, type KeptLeaf, type OutsideCheckpoint, type Verdict } from './check-log.ts'
import type { LogKeys } from './checkpoint.ts'
import { eventColumns, speakUtc, type EventRow } from './leaf.ts'

const page = 20_000

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
  for await (const leaf of leavesIn(tx, partnership)) check.leaf(leaf)
  for await (const row of eventsWithoutLeaf(tx, partnership)) check.withoutLeaf(row)
  return check.verdict()
}

/** Every leaf with its event, in order of position. */
export async function* leavesIn(tx: Tx, partnership: string, most = Number.MAX_SAFE_INTEGER): AsyncGenerator<KeptLeaf> {
  for (let from = Number.MIN_SAFE_INTEGER; ;) {
    const { rows } = await sql<KeptLeaf>`
      select l.position, l.event_id as event, l.hash, l.mac, case when e.id is not null then ${eventColumns} end as row, e.salt
      from event_leaf l left join event e on e.partnership_id = l.partnership_id and e.id = l.event_id
      where l.partnership_id = ${partnership} and l.position >= ${from} and l.position < ${most}
      order by l.position limit ${page}`.execute(tx)
    yield* rows
    if (rows.length < page) return
    from = rows.at(-1)!.position + 1
  }
}

async function* eventsWithoutLeaf(tx: Tx, partnership: string): AsyncGenerator<EventRow> {
  await sql`declare waiting_events no scroll cursor for select ${eventColumns} as row from event e
    where e.partnership_id = ${sql.lit(partnership)}
      and not exists (select from event_leaf l where l.partnership_id = e.partnership_id and l.event_id = e.id)
    order by e.seq`.execute(tx)
  for (;;) {
    const { rows } = await sql<{ row: EventRow }>`fetch 1000 from waiting_events`.execute(tx)
    if (rows.length === 0) break
    for (const { row } of rows) yield row
  }
  await sql`close waiting_events`.execute(tx)
}
