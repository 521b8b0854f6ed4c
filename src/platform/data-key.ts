import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from './db.ts'
import { NotFound } from './errors.ts'
import { record } from './event.ts'
import { decrypt, encrypt } from './gcm.ts'
import { newId } from './id.ts'
import { seal, unseal, type Keys } from './keys.ts'
import { abreast } from './speaker.ts'
import type { Viewer } from './viewer.ts'

/** The key that one subject's, or one concern's, words are sealed with. Its bytes are never listed or printed. */
export type DataKey = { id: string; secret: KeyObject }
export type KeyOwner = {
  kind: 'subject' | 'concern' | 'partnership' | 'fed person' | 'feed run' | 'front line round' | 'front line marks'
  id: string
}
/** A data key as it lies in the database; `wrapped` is null once it was destroyed. */
export type WrappedKey = { id: string; wrapped: Buffer | null }

/** What this key sealed is gone for good: it was erased, and there is nothing left to find. */
export class KeyDestroyed extends NotFound {
  override message = 'the data key was destroyed'
}

/** The data key of a subject or a concern; made on first use. @throws {KeyDestroyed} when it was destroyed */
export const dataKeyOf = async (tx: Tx, keys: Keys, partnership: string, of: KeyOwner): Promise<DataKey> => {
  const row = (await find(tx, partnership, of)) ?? (await make(tx, keys, partnership, of))
  const key = (await openDataKeys(tx, keys, partnership, [row])).get(row.id)
  if (!key) throw new KeyDestroyed()
  return key
}

/** The same for many of a kind at once, by whose key it is. Destroyed ones are absent. */
export const dataKeysOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  kind: KeyOwner['kind'],
  owners: readonly string[],
): Promise<Map<string, DataKey>> => {
  // As one array: a list in brackets is another statement for each length, and a slow plan without statistics.
  const there = async () =>
    (
      await sql<WrappedKey & { of_id: string }>`
        select k.id, k.of_id, k.wrapped from unnest(${[...new Set(owners)]}::uuid[]) as o (id)
        cross join lateral (select id, of_id, wrapped from data_key
          where partnership_id = ${partnership} and of_kind = ${kind} and of_id = o.id offset 0) k`.execute(tx)
    ).rows
  if (owners.length === 0) return new Map()
  let rows = await there()
  const known = new Set(rows.map(({ of_id }) => of_id))
  const missing = [...new Set(owners)].filter((id) => !known.has(id))
  if (missing.length) {
    await insert(tx, keys, partnership, kind, missing)
    rows = await there()
  }
  const open = await openDataKeys(tx, keys, partnership, rows)
  return new Map(rows.flatMap(({ id, of_id }) => (open.has(id) ? [[of_id, open.get(id)!] as const] : [])))
}

/** Opens many at once: for lists. By the key's id; destroyed ones are absent. */
export const dataKeys = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  ids: readonly string[],
): Promise<Map<string, DataKey>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('data_key')
    .select(['id', 'wrapped'])
    .where('partnership_id', '=', partnership)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return openDataKeys(tx, keys, partnership, rows)
}

const find = (tx: Tx, partnership: string, of: KeyOwner): Promise<WrappedKey | undefined> =>
  tx
    .selectFrom('data_key')
    .select(['id', 'wrapped'])
    .where('partnership_id', '=', partnership)
    .where('of_kind', '=', of.kind)
    .where('of_id', '=', of.id)
    .executeTakeFirst()

const make = async (tx: Tx, keys: Keys, partnership: string, of: KeyOwner): Promise<WrappedKey> => {
  const [made] = await insert(tx, keys, partnership, of.kind, [of.id])
  // Somebody else was first: theirs is committed by now.
  return made ?? (await find(tx, partnership, of))!
}

const insert = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  of_kind: KeyOwner['kind'],
  owners: readonly string[],
) => {
  const by = await wrappingKey(tx, keys, partnership)
  const made = owners.map((of_id) => newDataKey(by, partnership, { kind: of_kind, id: of_id }).row)
  return tx
    .insertInto('data_key')
    .values(made)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'wrapped'])
    .execute()
}

/** The partnership key that new data keys are wrapped with, and that stays so until this transaction has ended. */
const wrappingKey = async (tx: Tx, keys: Keys, partnership: string): Promise<DataKey> => {
  const [, by] = await abreast(
    tx,
    () => rotationLock(tx, partnership, 'shared'),
    () => currentPartnershipKey(tx, keys, partnership),
  )
  return by
}

const newDataKey = (by: DataKey, partnership: string, { kind, id: of_id }: KeyOwner) => {
  const [id, bytes] = [newId(), randomBytes(32)]
  const wrapped = wrapDataKey(by, partnership, id, bytes)
  return { row: { partnership_id: partnership, id, of_kind: kind, of_id, wrapped, partnership_key_id: by.id }, bytes }
}

/**
 * The data key of something that comes to be in this transaction, so that nobody can have made one: it is not looked for.
 * @returns the key, and `keep`, which writes it down before whatever is sealed with it
 */
export const firstDataKeyOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  of: KeyOwner,
): Promise<{ key: DataKey; keep: () => Promise<unknown> }> => {
  const { row, bytes } = newDataKey(await wrappingKey(tx, keys, partnership), partnership, of)
  return { key: remember(keys, row.id, bytes), keep: () => tx.insertInto('data_key').values(row).execute() }
}

/**
 * Whoever makes a data key holds this to the end of their transaction, so that a rotation never forgets the partnership
 * key it was wrapped with. Its own statement: what is read after it is as it stands then.
 */
export const rotationLock = (tx: Tx, partnership: string, how: 'shared' | 'exclusive') =>
  how === 'shared'
    ? sql`select pg_advisory_xact_lock_shared(715518, hashtext(${partnership}))`.execute(tx)
    : sql`select pg_advisory_xact_lock(715518, hashtext(${partnership}))`.execute(tx)

/** The partnership's key that new data keys are wrapped with; made on first use. */
export const currentPartnershipKey = async (tx: Tx, keys: Keys, partnership: string): Promise<DataKey> => {
  const standing = () =>
    tx
      .selectFrom('partnership_key')
      .select(['id', 'wrapped'])
      .where('partnership_id', '=', partnership)
      .where('retired_at', 'is', null)
      .executeTakeFirst()
  const there = await standing()
  if (there) return openPartnershipKey(keys, partnership, there)
  await tx
    .insertInto('partnership_key')
    .values(newPartnershipKey(keys, partnership))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return openPartnershipKey(keys, partnership, (await standing())!)
}

export const newPartnershipKey = (keys: Keys, partnership: string) => {
  const id = newId()
  const wrapped = seal(keys, 'partnership key', randomBytes(32), `${partnership} ${id}`)
  return { partnership_id: partnership, id, wrapped, kek_id: keys.current }
}

/** Opened keys, for as long as this process lives. Never used without the row that says they still stand. */
const opened = new Map<string, { keys: Keys; key: DataKey }>()
const most_opened = 10_000

const remember = (keys: Keys, id: string, bytes: Buffer): DataKey => {
  const secret = createSecretKey(bytes)
  bytes.fill(0)
  // Not enumerable: a key that strays into a log line or an error shows its id alone.
  const key = Object.defineProperty({ id }, 'secret', { value: secret }) as DataKey
  opened.set(id, { keys, key })
  if (opened.size > most_opened) forgetSome()
  return key
}

/** Those used longest ago go, many at once: finding the first of a map walks over all that went before it. */
const forgetSome = (): void => {
  const longestAgo = opened.keys()
  for (let left = most_opened / 10; left > 0; left--) opened.delete(longestAgo.next().value!)
}

const recall = (keys: Keys, id: string): DataKey | undefined => {
  const known = opened.get(id)
  if (known?.keys !== keys) return undefined
  opened.delete(id)
  opened.set(id, known)
  return known.key
}

/** Opens keys whose rows were read already, as a column of a page's own query. By id; destroyed ones are absent. */
export const openDataKeys = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  rows: readonly WrappedKey[],
): Promise<Map<string, DataKey>> => {
  const open = new Map<string, DataKey>()
  const unknown: { id: string; wrapped: Buffer }[] = []
  for (const { id, wrapped } of rows) {
    const known = wrapped ? recall(keys, id) : undefined
    if (known) open.set(id, known)
    else if (wrapped) unknown.push({ id, wrapped })
    else opened.delete(id)
  }
  if (unknown.length === 0) return open
  const by = new Map([...new Set(unknown.map(wrapperOf))].map((hex) => [hex, idFrom(hex)]))
  const wrappers = await partnershipKeys(tx, keys, partnership, [...by.values()])
  for (const row of unknown) {
    const wrapper = wrappers.get(by.get(wrapperOf(row))!)
    // A rotation came between the two reads: the row is wrapped by another one now.
    if (!wrapper)
      return dataKeys(
        tx,
        keys,
        partnership,
        rows.map(({ id }) => id),
      )
    const bytes = decrypt(wrapper.secret, binding(partnership, row.id), row.wrapped.subarray(16))
    open.set(row.id, remember(keys, row.id, bytes))
  }
  return open
}

const partnershipKeys = async (tx: Tx, keys: Keys, partnership: string, ids: readonly string[]) => {
  const known = ids.map((id) => [id, recall(keys, id)] as const)
  if (known.every((one): one is readonly [string, DataKey] => one[1] !== undefined)) return new Map(known)
  const rows = await tx
    .selectFrom('partnership_key')
    .select(['id', 'wrapped'])
    .where('partnership_id', '=', partnership)
    .where('id', 'in', ids)
    .where('wrapped', 'is not', null)
    .execute()
  return new Map(rows.map((row) => [row.id, openPartnershipKey(keys, partnership, row)]))
}

const openPartnershipKey = (keys: Keys, partnership: string, { id, wrapped }: WrappedKey): DataKey =>
  recall(keys, id) ?? remember(keys, id, unseal(keys, 'partnership key', wrapped!, `${partnership} ${id}`))

/** `[id of the partnership key 16][nonce 12][tag 16][key 32]` */
export const wrapDataKey = (by: DataKey, partnership: string, id: string, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(by.id.replaceAll('-', ''), 'hex'), encrypt(by.secret, binding(partnership, id), bytes)])

/** The partnership key that a key is wrapped with, in hexadecimal digits; nearly always one for all that are opened. */
const wrapperOf = ({ wrapped }: { wrapped: Buffer }): string => wrapped.toString('hex', 0, 16)
const idFrom = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const binding = (partnership: string, id: string): Buffer => Buffer.from(`data key ${partnership} ${id}`)

/**
 * Destroys the key of a subject or a concern: what it sealed can be opened by nobody from the commit on, in no process,
 * and no other key will ever be made for it. Nothing happens where none was made.
 * @param why a code, such as 'retention' or 'right to erasure'
 */
export const destroyDataKey = async (tx: Tx, viewer: Viewer, of: KeyOwner, why: string): Promise<void> => {
  const { id } =
    (await tx
      .updateTable('data_key')
      .set({
        wrapped: null,
        destroyed_at: new Date(),
        destroyed_by: viewer.kind === 'staff' ? viewer.staff : null,
        destroyed_why: why,
      })
      .where('partnership_id', '=', viewer.partnership)
      .where('of_kind', '=', of.kind)
      .where('of_id', '=', of.id)
      .where('destroyed_at', 'is', null)
      .returning('id')
      .executeTakeFirst()) ?? {}
  if (!id) return
  opened.delete(id)
  await record(tx, viewer, 'data key destroyed', of, { key: id, why })
}
