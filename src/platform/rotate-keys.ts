import { sql } from 'kysely'
import {
  currentPartnershipKey,
  newPartnershipKey,
  openDataKeys,
  rotationLock,
  wrapDataKey,
  type DataKey,
} from './data-key.ts'
import type { Db, Tx } from './db.ts'
import { asViewer } from './transaction.ts'
import type { Keys } from './keys.ts'
import type { Viewer } from './viewer.ts'

const at_once = 500

/**
 * Gives a partnership a new key and wraps every data key with it instead, a few hundred at a time while the house runs;
 * what the data keys sealed is not touched. The older partnership keys are then forgotten.
 * @param keys with the key of the key file that is to wrap from now on as the current one
 * @returns how many data keys were wrapped anew
 */
export const rotateKeys = async (db: Db, keys: Keys, partnership: string): Promise<number> => {
  const system: Viewer = { kind: 'system', partnership }
  await asViewer(db, system, (tx) => begin(tx, keys, partnership))
  let turned = 0
  for (let some = at_once; some === at_once; turned += some)
    some = await asViewer(db, system, (tx) => turnSome(tx, keys, partnership))
  return asViewer(db, system, async (tx) => {
    // What was being made meanwhile is there now, and nobody makes another before this ends.
    await rotationLock(tx, partnership, 'exclusive')
    for (let some = at_once; some === at_once; turned += some) some = await turnSome(tx, keys, partnership)
    await forget(tx, partnership)
    return turned
  })
}

const begin = async (tx: Tx, keys: Keys, partnership: string): Promise<void> => {
  await tx
    .updateTable('partnership_key')
    .set({ retired_at: new Date() })
    .where('partnership_id', '=', partnership)
    .where('retired_at', 'is', null)
    .execute()
  await tx.insertInto('partnership_key').values(newPartnershipKey(keys, partnership)).execute()
}

const turnSome = async (tx: Tx, keys: Keys, partnership: string): Promise<number> => {
  const by = await currentPartnershipKey(tx, keys, partnership)
  const rows = await tx
    .selectFrom('data_key')
    .select(['id', 'wrapped'])
    .where('partnership_id', '=', partnership)
    .where('partnership_key_id', '<>', by.id)
    .where('destroyed_at', 'is', null)
    .limit(at_once)
    .forUpdate()
    .execute()
  const open = await openDataKeys(tx, keys, partnership, rows)
  await rewrap(tx, partnership, by, [...open.values()])
  return open.size
}

const rewrap = async (tx: Tx, partnership: string, by: DataKey, open: readonly DataKey[]): Promise<void> => {
  if (open.length === 0) return
  const wrapped = open.map(({ id, secret }) => wrapDataKey(by, partnership, id, secret.export()).toString('hex'))
  await sql`update data_key d set wrapped = decode(w.wrapped, 'hex'), partnership_key_id = ${by.id}
    from unnest(${open.map(({ id }) => id)}::uuid[], ${wrapped}::text[]) as w (id, wrapped)
    where d.partnership_id = ${partnership} and d.id = w.id and d.destroyed_at is null`.execute(tx)
}

/** The older partnership keys, which wrap nothing that stands any more. */
const forget = async (tx: Tx, partnership: string): Promise<void> => {
  await sql`update partnership_key k set wrapped = null
    where k.partnership_id = ${partnership} and k.retired_at is not null and k.wrapped is not null
      and not exists (select from data_key d where d.partnership_id = k.partnership_id
        and d.partnership_key_id = k.id and d.destroyed_at is null)`.execute(tx)
}
