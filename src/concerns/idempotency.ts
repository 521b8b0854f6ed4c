import { sql } from 'kysely'
import { seal, tokenHash, unseal, type Keys, type Tx, type Viewer } from '../platform/index.ts'
import type { Report } from './concern.ts'
import { report } from './report.ts'

type Client = Extract<Viewer, { kind: 'client' }>
type Answer = { id: string; reference: string; receipt: string }

/**
 * Sends a client's concern once, however often it is tried: the same key with the same body is answered as the first
 * time. Two tries at the same moment take turns. What was answered is sealed, because it holds a receipt.
 */
export const sendOnce = async (
  tx: Tx,
  keys: Keys,
  client: Client,
  input: Report,
  { at, key }: { at: Date; key?: string },
): Promise<Answer | 'another body'> => {
  if (key === undefined) return send(tx, keys, client, input, at)
  const key_hash = tokenHash(keys, 'idempotency', `${client.client} ${key}`)
  const request_hash = tokenHash(keys, 'idempotency body', JSON.stringify(input))
  await sql`select pg_advisory_xact_lock(${key_hash.readBigInt64BE(0).toString()}::bigint)`.execute(tx)
  const before = await tx
    .selectFrom('idempotency')
    .select(['request_hash', 'answer_sealed', 'concern_id'])
    .where('partnership_id', '=', client.partnership)
    .where('client_id', '=', client.client)
    .where('key_hash', '=', key_hash)
    .executeTakeFirst()
  // One from before these hashes were keyed has none: its key alone says that it was sent.
  if (before && before.request_hash.length > 0 && !before.request_hash.equals(request_hash)) return 'another body'
  if (before)
    return JSON.parse(unseal(keys, 'idempotency', before.answer_sealed, before.concern_id).toString()) as Answer
  const answer = await send(tx, keys, client, input, at)
  await tx
    .insertInto('idempotency')
    .values({
      partnership_id: client.partnership,
      client_id: client.client,
      key_hash,
      request_hash,
      concern_id: answer.id,
      answer_sealed: seal(keys, 'idempotency', Buffer.from(JSON.stringify(answer)), answer.id),
      at,
    })
    .execute()
  return answer
}

const send = async (tx: Tx, keys: Keys, client: Client, input: Report, at: Date): Promise<Answer> => {
  const sent = await report(tx, keys, client, input, { channel: 'api', at })
  if (sent === 'already sent') throw new Error('a submission without a key cannot have been sent before')
  return { id: sent.concern, reference: sent.reference, receipt: sent.receipt }
}
