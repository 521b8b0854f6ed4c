import { tokenHash, type Keys, type Tx, type Viewer } from '../../platform/index.ts'
import type { Feed } from './feed.ts'

export type Sender = Viewer & { kind: 'staff' | 'client' }
/** What was sent: the keyed hash of its bytes, and of the key that came with it. */
export type Sent = { feed: Feed; content: Buffer; once: Buffer | undefined; at: Date }

/** The key that a system gives a sending of its own, as it is kept. */
export const onceHash = (keys: Keys, client: string, key: string): Buffer =>
  tokenHash(keys, 'idempotency', `feed ${client} ${key}`)

/** What was answered when this key came first. */
export const sentWith = async (tx: Tx, sender: Viewer, once: Buffer | undefined) =>
  once && sender.kind === 'client'
    ? tx
        .selectFrom('feed_sent')
        .select(['run_id', 'feed_id', 'content_hash'])
        .where('partnership_id', '=', sender.partnership)
        .where('client_id', '=', sender.client)
        .where('key_hash', '=', once)
        .executeTakeFirst()
    : undefined

/** Keeps which run a system's key was answered by. */
export const keepSent = async (
  tx: Tx,
  sender: Sender,
  run: string,
  { feed, content, once, at }: Sent,
): Promise<void> => {
  if (!once || sender.kind !== 'client') return
  await tx
    .insertInto('feed_sent')
    .values({
      partnership_id: sender.partnership,
      client_id: sender.client,
      key_hash: once,
      content_hash: content,
      feed_id: feed.id,
      run_id: run,
      agency_id: feed.agency_id,
      at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
