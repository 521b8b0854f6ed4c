import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import {
  become,
  inTransaction,
  newId,
  NotFound,
  record,
  tokenHash,
  type Db,
  type Keys,
  type Tx,
  type Viewer,
} from '../platform/index.ts'

/*
 * A key is `trellis_` and 43 random characters; only its keyed hash is kept. It carries no name: whose it is stands in
 * the row it opens.
 */
const keyPattern = /^trellis_[\w-]{43}$/

/** Adds an agency's own system as a client of the API and gives it its first key, shown once. */
export const addApiClient = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  input: { agency: string; name: string },
  at: Date,
): Promise<{ id: string; key: string }> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const made_by = viewer.kind === 'staff' ? viewer.staff : null
    await tx
      .insertInto('api_client')
      .values({
        partnership_id: viewer.partnership,
        id,
        agency_id: input.agency,
        name: input.name,
        made_by,
        made_at: at,
      })
      .execute()
    await record(tx, viewer, 'api client added', { kind: 'api client', id })
    return { id, key: await addKey(tx, keys, viewer, id, at) }
  })

const addKey = async (tx: Tx, keys: Keys, viewer: Viewer, client: string, at: Date): Promise<string> => {
  const key = `trellis_${randomBytes(32).toString('base64url')}`
  const made_by = viewer.kind === 'staff' ? viewer.staff : null
  await tx
    .insertInto('api_key')
    .values({
      partnership_id: viewer.partnership,
      id: newId(),
      client_id: client,
      token_hash: tokenHash(keys, 'api', key),
      made_by,
      made_at: at,
    })
    .execute()
  return key
}

export const overlap_hours = 24

/**
 * Gives a client a new key, shown once. Its older keys work for another day, so that the other side can change over
 * without a gap; `now` ends them at once, for a key that leaked.
 */
export const rotateKey = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  client: string,
  old: 'in a day' | 'now',
  at: Date,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    await openClient(tx, viewer, client)
    const ends = old === 'now' ? at : new Date(at.getTime() + overlap_hours * 3_600_000)
    await sql`update api_key set ends_at = least(ends_at, ${ends}) where partnership_id = ${viewer.partnership} and client_id = ${client}`.execute(
      tx,
    )
    await record(tx, viewer, 'api key rotated', { kind: 'api client', id: client }, { old })
    return addKey(tx, keys, viewer, client, at)
  })

/** Ends a client: none of its keys opens anything from now on. */
export const closeApiClient = (db: Db | Tx, viewer: Viewer, client: string, at: Date): Promise<void> =>
  inTransaction(db, async (tx) => {
    await openClient(tx, viewer, client)
    await tx
      .updateTable('api_client')
      .set({ closed_at: at })
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', client)
      .execute()
    await record(tx, viewer, 'api client closed', { kind: 'api client', id: client })
  })

const openClient = async (tx: Tx, viewer: Viewer, client: string) => {
  const row = await tx
    .selectFrom('api_client')
    .select('id')
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', client)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound()
  return row
}

/** Makes the open transaction that of the client whose key this is. Undefined for a key that is unknown, ended or of a closed client. */
export const becomeClient = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  key: string,
  at: Date,
): Promise<Extract<Viewer, { kind: 'client' }> | undefined> => {
  if (!keyPattern.test(key)) return undefined
  await become(tx, { kind: 'system', partnership })
  const { rows } = await sql<{ client: string; agency: string; key_id: string; stale: boolean }>`
    select k.client, k.agency, k.key_id, k.stale
    from (
      select c.id as client, c.agency_id as agency, k.id as key_id,
        k.used_at is null or k.used_at < ${at}::timestamptz - interval '1 hour' as stale
      from api_key k join api_client c on c.partnership_id = k.partnership_id and c.id = k.client_id
      where k.partnership_id = ${partnership} and k.token_hash = ${tokenHash(keys, 'api', key)}
        and (k.ends_at is null or k.ends_at > ${at}) and c.closed_at is null
      -- Of the one that is left: asked where it seems cheapest, it would be asked of every client there is.
      offset 0) k
    where not agency_closed(${partnership}, k.agency, ${at})`.execute(tx)
  const found = rows[0]
  if (!found) return undefined
  // Who sends several at once does not wait for whichever of them writes it down.
  if (found.stale)
    await sql`update api_key set used_at = ${at} where partnership_id = ${partnership} and id in (
      select id from api_key where partnership_id = ${partnership} and id = ${found.key_id} for update skip locked)`.execute(
      tx,
    )
  const viewer = { kind: 'client', partnership, client: found.client, agency: found.agency } as const
  await become(tx, viewer)
  return viewer
}
