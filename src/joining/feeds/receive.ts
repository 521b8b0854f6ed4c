import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import {
  blindIndex,
  dataKeyOf,
  destroyDataKey,
  enqueue,
  newId,
  record,
  sealBytes,
  type DataKey,
  type Tx,
  type Viewer,
} from '../../platform/index.ts'
import { clearRun } from './end-run.ts'
import { most_feed_bytes, type Bench, type Feed } from './feed.ts'
import { keepSent, sentWith, type Sender, type Sent } from './sent.ts'
import { encodingGuess } from './table.ts'

/** A piece of the file as it lies in the database. */
const part_bytes = 256 * 1024
/** A file of which nothing came for so long is not coming any more. */
export const patience_minutes = 10

export type Received =
  | { outcome: 'taken' | 'sent before'; run: string }
  /** Another file of this feed is being dealt with; or the sender's key was used for other bytes. */
  | { outcome: 'another first' | 'another body'; run: string }
  | { outcome: 'empty' | 'too big' | 'a workbook' }

/**
 * Takes in a file, piece by piece: never more than one piece is in memory, and every piece lies sealed. The same file again
 * is known by a keyed hash of its bytes and answered as the first one was.
 * @param once the hash of a key that a system gives each sending: what bears it again is answered by the run it made
 */
export const receive = async (
  bench: Bench,
  sender: Sender,
  feed: Feed,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  once?: Buffer,
): Promise<Received> => {
  const { within, keys, partnership, now } = bench
  const begun = await within((tx) => begin(tx, bench, sender, feed, once))
  const [hash, guess] = [createHash('sha256'), encodingGuess()]
  let [bytes, parts, first] = [0, 0, Buffer.alloc(0)]
  const take = async (piece: Buffer): Promise<void> => {
    if (!('key' in begun)) return
    const { run, key } = begun
    await within((tx) => keepPart(tx, partnership, feed, { run, key, part: parts, piece }))
    parts++
  }
  try {
    let waiting: Buffer[] = []
    let size = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > most_feed_bytes) return await drop(bench, sender, begun, 'too big')
      hash.update(chunk)
      guess.look(chunk)
      if (first.length < 4) first = Buffer.concat([first, chunk.subarray(0, 4)])
      if (isWorkbook(first)) return await drop(bench, sender, begun, 'a workbook')
      waiting.push(chunk)
      size += chunk.length
      if (size < part_bytes) continue
      await take(Buffer.concat(waiting))
      ;[waiting, size] = [[], 0]
    }
    if (size > 0) await take(Buffer.concat(waiting))
  } catch (error) {
    await drop(bench, sender, begun, 'empty').catch(() => {})
    throw error
  }
  if (bytes === 0) return drop(bench, sender, begun, 'empty')
  const content = blindIndex(keys, partnership, 'feed content', hash.digest('hex'))
  const sent = { feed, content, once, at: now }
  if (!('key' in begun)) return within((tx) => answerAgain(tx, sender, begun, sent))
  const { run } = begun
  return within(async (tx) => {
    const before = await lastApplied(tx, partnership, feed)
    if (before?.content_hash?.equals(content)) {
      await remove(tx, sender, run)
      await keepSent(tx, sender, before.id, sent)
      return { outcome: 'sent before', run: before.id }
    }
    await tx
      .updateTable('feed_run')
      .set({ state: 'reading', content_hash: content, encoding: guess.end(), bytes, parts })
      .where('partnership_id', '=', partnership)
      .where('id', '=', run)
      .execute()
    await keepSent(tx, sender, run, sent)
    await record(tx, sender, 'feed received', { kind: 'feed', id: feed.id }, { run, bytes })
    await enqueue(tx, { kind: 'system', partnership }, 'feed run', { run }, { at: now })
    return { outcome: 'taken', run }
  })
}

/** A run of its own; or the one that is open; or the one that was made when this key came first. */
type Begun = { run: string; key: DataKey } | { run: string; by: 'open run' | 'key' }

const begin = async (
  tx: Tx,
  { keys, partnership, now }: Bench,
  sender: Viewer,
  feed: Feed,
  once: Buffer | undefined,
): Promise<Begun> => {
  // Two at the same moment take turns.
  await tx
    .selectFrom('feed')
    .select('id')
    .where('partnership_id', '=', partnership)
    .where('id', '=', feed.id)
    .forUpdate()
    .execute()
  const sent = await sentWith(tx, sender, once)
  if (sent) return { run: sent.run_id, by: 'key' }
  const open = await tx
    .selectFrom('feed_run')
    .select(['id', isLost.as('is_lost')])
    .where('partnership_id', '=', partnership)
    .where('feed_id', '=', feed.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (open && !open.is_lost) return { run: open.id, by: 'open run' }
  if (open) await remove(tx, sender, open.id)
  const run = newId()
  const key = await dataKeyOf(tx, keys, partnership, { kind: 'feed run', id: run })
  await tx
    .insertInto('feed_run')
    .values({
      partnership_id: partnership,
      id: run,
      feed_id: feed.id,
      agency_id: feed.agency_id,
      state: 'arriving',
      key_id: key.id,
      staff_id: sender.kind === 'staff' ? sender.staff : null,
      client_id: sender.kind === 'client' ? sender.client : null,
      started_at: now,
    })
    .execute()
  await lookLater(tx, partnership, run, now)
  return { run, key }
}

/** Nothing new was begun. What the open run holds is asked now: it may have arrived meanwhile. */
const answerAgain = async (
  tx: Tx,
  sender: Sender,
  { run, by }: { run: string; by: 'open run' | 'key' },
  sent: Sent,
): Promise<Received> => {
  const known =
    by === 'key'
      ? await sentWith(tx, sender, sent.once)
      : await tx
          .selectFrom('feed_run')
          .select(['content_hash', 'feed_id'])
          .where('partnership_id', '=', sender.partnership)
          .where('id', '=', run)
          .executeTakeFirst()
  const isSame = known?.feed_id === sent.feed.id && known.content_hash?.equals(sent.content)
  if (!isSame) return { outcome: by === 'key' ? 'another body' : 'another first', run }
  await keepSent(tx, sender, run, sent)
  return { outcome: 'sent before', run }
}

const keepPart = async (
  tx: Tx,
  partnership: string,
  feed: Feed,
  { run, key, part, piece }: { run: string; key: DataKey; part: number; piece: Buffer },
): Promise<void> => {
  await tx
    .insertInto('feed_part')
    .values({
      partnership_id: partnership,
      run_id: run,
      part,
      agency_id: feed.agency_id,
      bytes_sealed: sealBytes(key, partAt(run, part), piece),
    })
    .execute()
  await tx
    .updateTable('feed_run')
    .set({ heard_at: sql`clock_timestamp()` })
    .where('partnership_id', '=', partnership)
    .where('id', '=', run)
    .execute()
}

// By the database's own clock: whoever receives and whoever looks may be two machines, and a demo moves the house's.
const isLost = sql<boolean>`state = 'arriving' and heard_at < clock_timestamp() - make_interval(mins => ${patience_minutes})`

/** Somebody looks whether the rest came: a server that was killed cannot take away what it had. */
const lookLater = (tx: Tx, partnership: string, run: string, now: Date): Promise<void> =>
  enqueue(
    tx,
    { kind: 'system', partnership },
    'feed arriving',
    { run },
    { at: new Date(now.getTime() + (patience_minutes + 1) * 60_000) },
  )

/** Takes away what arrived of a file that is not coming any more, or looks again later. */
export const dropLost = async (tx: Tx, partnership: string, run: string, now: Date): Promise<void> => {
  const found = await tx
    .selectFrom('feed_run')
    .select(isLost.as('is_lost'))
    .where('partnership_id', '=', partnership)
    .where('id', '=', run)
    .where('state', '=', 'arriving')
    .forUpdate()
    .executeTakeFirst()
  if (!found) return
  if (found.is_lost) await remove(tx, { kind: 'system', partnership }, run)
  else await lookLater(tx, partnership, run, now)
}

/** Where a piece lies sealed. */
export const partAt = (run: string, part: number) => ({ table: 'feed_part', column: 'bytes', row: `${run} ${part}` })

/** What is a folder of compressed files: Excel's own format, which people send where a table is asked for. */
const isWorkbook = (first: Buffer): boolean =>
  first.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')) ||
  first.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))

const lastApplied = (tx: Tx, partnership: string, feed: Feed) =>
  tx
    .selectFrom('feed_run')
    .select(['id', 'content_hash'])
    .where('partnership_id', '=', partnership)
    .where('feed_id', '=', feed.id)
    .where('state', '=', 'applied')
    .orderBy('started_at', 'desc')
    .executeTakeFirst()

const drop = async <T extends 'empty' | 'too big' | 'a workbook'>(
  { within }: Bench,
  sender: Viewer,
  begun: Begun,
  outcome: T,
): Promise<{ outcome: T }> => {
  if ('key' in begun) await within((tx) => remove(tx, sender, begun.run))
  return { outcome }
}

/** As if it had never come. */
const remove = async (tx: Tx, sender: Viewer, run: string): Promise<void> => {
  const { partnership } = sender
  await clearRun(tx, partnership, run)
  await tx.deleteFrom('feed_run').where('partnership_id', '=', partnership).where('id', '=', run).execute()
  await destroyDataKey(tx, sender, { kind: 'feed run', id: run }, 'feed not taken')
}
