import { sql } from 'kysely'
import type { Keys, Tx, Viewer } from '../platform/index.ts'
import { openRows, wrappedKey } from './sealed.ts'

type Client = Extract<Viewer, { kind: 'client' }>
type Summary = {
  id: string
  reference: string
  received_at: string
  agency_reference: string | null
  news: { kind: string; words: string; sent_at: string }[]
}

/** What a client sent, newest first, with what the front door has said back. Row-level security shows it nothing else. */
export const sentByClient = async (
  tx: Tx,
  keys: Keys,
  client: Client,
  { before, limit }: { before?: string; limit: number },
): Promise<Summary[]> => {
  const concerns = await tx
    .selectFrom('concern')
    .select(['id', 'reference', 'received_at', 'agency_reference', 'key_id'])
    .select(wrappedKey(client.partnership, 'concern.key_id').as('wrapped'))
    .where('partnership_id', '=', client.partnership)
    .where('client_id', '=', client.client)
    // Two may have come in the same moment, so the place in the list is moment and id.
    .$if(before !== undefined, (rows) =>
      rows.where(sql<boolean>`(received_at, id) < (select c.received_at, c.id from concern c where c.id = ${before})`),
    )
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return withNews(tx, keys, client, concerns)
}

/** One concern that this client sent, or undefined. */
export const sentOne = async (tx: Tx, keys: Keys, client: Client, id: string): Promise<Summary | undefined> => {
  const concerns = await tx
    .selectFrom('concern')
    .select(['id', 'reference', 'received_at', 'agency_reference', 'key_id'])
    .select(wrappedKey(client.partnership, 'concern.key_id').as('wrapped'))
    .where('partnership_id', '=', client.partnership)
    .where('client_id', '=', client.client)
    .where('id', '=', id)
    .execute()
  return (await withNews(tx, keys, client, concerns))[0]
}

type Sent = {
  id: string
  reference: string
  received_at: Date
  agency_reference: Buffer | null
  key_id: string | null
  wrapped: Buffer | null
}

type News = {
  id: string
  concern_id: string
  kind: string
  words: Buffer
  sent_at: Date
  key_id: string | null
  wrapped: Buffer | null
}

const withNews = async (tx: Tx, keys: Keys, client: Client, concerns: readonly Sent[]): Promise<Summary[]> => {
  if (concerns.length === 0) return []
  const { rows } = await sql<News>`
    select id, concern_id, kind, words, sent_at, key_id, ${wrappedKey(client.partnership, 'message.key_id')} as wrapped from message
    where partnership_id = ${client.partnership} and direction = 'to reporter'
      and concern_id in (${sql.join(concerns.map(({ id }) => id))})
    order by sent_at`.execute(tx)
  const said = await openRows(tx, keys, client.partnership, 'message', rows)
  const sent = await openRows(tx, keys, client.partnership, 'concern', concerns)
  const news = Map.groupBy(said, ({ concern_id }) => concern_id)
  return sent.map(({ id, reference, agency_reference, received_at }) => ({
    id,
    reference,
    agency_reference,
    received_at: received_at.toISOString(),
    news: (news.get(id) ?? []).map(({ kind, words, sent_at }) => ({
      kind,
      words,
      sent_at: sent_at.toISOString(),
    })),
  }))
}
