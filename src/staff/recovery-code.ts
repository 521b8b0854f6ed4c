import { newId, randomBase32, readBase32, tokenHash, type Keys, type Tx } from '../platform/index.ts'
import type { Account } from './account.ts'

const how_many = 10
// 50 bits each: with tries that slow down nobody gets through them, and the keyed hash cannot be searched without the key.
const characters = 10

const hashOf = (keys: Keys, account: Account, code: string): Buffer =>
  tokenHash(keys, 'recovery code', `${account.id}\n${code}`)

/** Makes ten new codes and forgets the old ones. They are shown once: only their hashes are kept. */
export const makeRecoveryCodes = async (tx: Tx, keys: Keys, account: Account, at: Date): Promise<string[]> => {
  const codes = Array.from({ length: how_many }, () => randomBase32(characters))
  const mine = { partnership_id: account.partnership_id, account_id: account.id }
  await forgetRecoveryCodes(tx, account)
  await tx
    .insertInto('recovery_code')
    .values(codes.map((code) => ({ ...mine, id: newId(), code_hash: hashOf(keys, account, code), made_at: at })))
    .execute()
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

export const forgetRecoveryCodes = async (tx: Tx, account: Account): Promise<void> => {
  await tx
    .deleteFrom('recovery_code')
    .where('partnership_id', '=', account.partnership_id)
    .where('account_id', '=', account.id)
    .execute()
}

/** Is this one of their codes, not used before? Then it is used now. */
export const isRecoveryCode = async (
  tx: Tx,
  keys: Keys,
  account: Account,
  typed: string,
  at: Date,
): Promise<boolean> => {
  const code = readBase32(typed)
  if (code === undefined) return false
  const { numUpdatedRows } = await tx
    .updateTable('recovery_code')
    .set({ used_at: at })
    .where('partnership_id', '=', account.partnership_id)
    .where('account_id', '=', account.id)
    .where('code_hash', '=', hashOf(keys, account, code))
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
