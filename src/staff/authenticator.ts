import { Secret, TOTP } from 'otpauth'
import { toString as drawQr } from 'qrcode'
import { newId, seal, unseal, type Keys, type Tx } from '../platform/index.ts'
import type { Account } from './account.ts'

/*
 * Codes that change every half minute (RFC 6238), with the settings that every app understands: SHA-1, six digits. One
 * step early or late is taken, for clocks that are off; a step that was used is not taken again.
 */
const period = 30
const use = 'authenticator'

const codes = (secret: string, account?: Pick<Account, 'email'>, issuer = 'Trellis'): TOTP =>
  new TOTP({
    issuer,
    label: account?.email ?? '',
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period,
  })

const plainCode = (typed: string): string => typed.normalize('NFKC').replace(/[\s-]/g, '')

/** The step a code belongs to, if it is a code of this secret about now. */
const stepOf = (secret: string, typed: string, at: Date): number | undefined => {
  const token = plainCode(typed)
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = codes(secret).validate({ token, window: 1, timestamp: at.getTime() })
  return delta === null ? undefined : TOTP.counter({ period, timestamp: at.getTime() }) + delta
}

/** A secret on offer. Until it is confirmed with a code it lives only in the form, sealed for this one session. */
export type Offer = { secret: string; sealed: string; qr: string }

export const newOffer = (keys: Keys, session: string, account: Account, issuer: string): Promise<Offer> =>
  drawOffer(keys, session, account, issuer, new Secret({ size: 20 }).base32)

/** The same offer again, when the code was mistyped. Undefined when the form is not this session's. */
export const sameOffer = async (keys: Keys, session: string, account: Account, issuer: string, sealed: string) => {
  const secret = openOffer(keys, session, sealed)
  return secret === undefined ? undefined : drawOffer(keys, session, account, issuer, secret)
}

const drawOffer = async (
  keys: Keys,
  session: string,
  account: Account,
  issuer: string,
  secret: string,
): Promise<Offer> => {
  const svg = await drawQr(codes(secret, account, issuer).toString(), {
    type: 'svg',
    margin: 2,
    errorCorrectionLevel: 'M',
  })
  return {
    secret,
    sealed: seal(keys, `${use} offer`, Buffer.from(secret), session).toString('base64url'),
    qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
  }
}

const openOffer = (keys: Keys, session: string, sealed: string): string | undefined => {
  try {
    return unseal(keys, `${use} offer`, Buffer.from(sealed, 'base64url'), session).toString()
  } catch {
    return undefined
  }
}

/** Keeps an authenticator whose owner typed a code from it. Sending the form twice keeps one. */
export const keepAuthenticator = async (
  tx: Tx,
  keys: Keys,
  account: Account,
  input: { session: string; sealed: string; code: string; label: string },
  at: Date,
): Promise<'added' | 'already there' | 'wrong code' | 'not this session'> => {
  const secret = openOffer(keys, input.session, input.sealed)
  if (secret === undefined) return 'not this session'
  if ((await authenticators(tx, keys, account)).some((one) => one.secret === secret)) return 'already there'
  const step = stepOf(secret, input.code, at)
  if (step === undefined) return 'wrong code'
  const id = newId()
  await tx
    .insertInto('totp')
    .values({
      partnership_id: account.partnership_id,
      id,
      account_id: account.id,
      secret_sealed: seal(keys, use, Buffer.from(secret), id),
      label: input.label,
      last_step: step,
      added_at: at,
    })
    .execute()
  return 'added'
}

const authenticators = async (tx: Tx, keys: Keys, account: Account) => {
  const rows = await tx
    .selectFrom('totp')
    .selectAll()
    .where('partnership_id', '=', account.partnership_id)
    .where('account_id', '=', account.id)
    .execute()
  return rows.map((row) => ({ id: row.id, secret: unseal(keys, use, row.secret_sealed, row.id).toString() }))
}

/** Is this a code of one of their authenticators, from a step that has not been used? Then it is used now. */
export const isCode = async (tx: Tx, keys: Keys, account: Account, typed: string, at: Date): Promise<boolean> => {
  for (const { id, secret } of await authenticators(tx, keys, account)) {
    const step = stepOf(secret, typed, at)
    if (step === undefined) continue
    const { numUpdatedRows } = await tx
      .updateTable('totp')
      .set({ last_step: step, used_at: at })
      .where('partnership_id', '=', account.partnership_id)
      .where('id', '=', id)
      .where('last_step', '<', step)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) return true
  }
  return false
}
