import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { readCheckpoint, type Checkpoint } from './checkpoint.ts'
import { leafOf, lookUp, rowOf, saidBy, speakUtc, storedEvent, type StoredEvent } from './leaf.ts'
import { hashesAlong } from './nodes.ts'
import { consistencySteps, inclusionSteps } from './tree.ts'

/** What was signed for that many events; for the most of them when no number is given. */
export const checkpointNote = async (tx: Tx, partnership: string, size?: number): Promise<string | undefined> => {
  const all = tx.selectFrom('event_checkpoint').select('note').where('partnership_id', '=', partnership)
  const one = size === undefined ? all.orderBy('size', 'desc').limit(1) : all.where('size', '=', size)
  return (await one.executeTakeFirst())?.note
}

const base64 = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'))

/**
 * The proof that an event is in the log that a checkpoint was signed for. It tells nothing of the event, unless it is
 * `opened`: then it says all that the row does, and the sixteen bytes that the leaf was made with.
 * @throws {Error} a sentence, when there is no such event in it
 */
export const proveEvent = async (tx: Tx, partnership: string, event: string, note: string, opened: boolean) => {
  const { size, at } = readCheckpoint(note)!
  await speakUtc.execute(tx)
  await lookUp(true).execute(tx)
  const { rows } = await sql<StoredEvent & { position: number | null }>`
    select l.position, ${storedEvent} from event e
    left join event_leaf l on l.partnership_id = e.partnership_id and l.event_id = e.id
    where e.partnership_id = ${partnership} and e.id = ${event}`.execute(tx)
  const found = rows[0]
  if (!found) throw new Error(`This partnership has no event ${event}.`)
  const { position, salt } = found
  const said = saidBy(rowOf(found))
  if (position === null || position >= size)
    throw new Error(
      `The event ${event} came after the checkpoint of ${at}. Sign a newer one with \`trellis audit checkpoint\`.`,
    )
  return {
    proof: 'trellis inclusion',
    leaf: leafOf(partnership, event, said, salt),
    index: position,
    size,
    hashes: base64(await hashesAlong(tx, partnership, inclusionSteps(position, size))),
    checkpoint: note,
    ...(opened && { opened: { said, salt: salt.toString('hex') } }),
  }
}

/** The proof that all which the older checkpoint covered is in the newer one, unchanged and at its place. */
export const proveConsistency = async (tx: Tx, partnership: string, older: Checkpoint, newer: Checkpoint) => {
  if (older.size === 0 || older.size > newer.size)
    throw new Error(
      'Give the older checkpoint first: it must cover at least one event, and no more than the newer one.',
    )
  await lookUp(true).execute(tx)
  return {
    proof: 'trellis consistency',
    old: older.size,
    new: newer.size,
    hashes: base64(await hashesAlong(tx, partnership, consistencySteps(older.size, newer.size))),
  }
}
