import { isIP } from 'node:net'
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { randomBytes } from 'node:crypto'
import { newId, type Tx } from '../platform/index.ts'
import type { Ask, House } from '../web/index.ts'
import type { Account } from './account.ts'

/** The site that a passkey belongs to: where people open Trellis, not where a proxy finds it. */
const site = ({ config }: House) => {
  const { hostname, origin, protocol } = new URL(config.publicUrl)
  return { hostname, origin, isSecure: protocol === 'https:' || hostname === 'localhost' }
}

// Ed25519, ES256, RS256: what every authenticator has (https://www.iana.org/assignments/cose). Named here, because the
// library's own list asks the runtime about newer ones and each first sign-in would print a warning.
const algorithms = [-8, -7, -257]

/** Browsers make passkeys only for a name, and only where nobody can listen in. */
export const mayHavePasskeys = (house: House): boolean => {
  const { hostname, isSecure } = site(house)
  return isSecure && isIP(hostname.replace(/[[\]]/g, '')) === 0
}

export const passkeysOf = (tx: Tx, account: Account) =>
  tx
    .selectFrom('passkey')
    .selectAll()
    .where('partnership_id', '=', account.partnership_id)
    .where('account_id', '=', account.id)
    .orderBy('added_at')
    .execute()

/** What the browser is asked in order to make a passkey. */
export const registrationAsked = async (ask: Ask, tx: Tx, session: Challenged, account: Account) =>
  generateRegistrationOptions({
    rpName: `Trellis ${ask.place.place}`,
    rpID: site(ask.house).hostname,
    userName: account.email,
    userDisplayName: account.name,
    userID: Buffer.from(account.id.replaceAll('-', ''), 'hex') as Uint8Array<ArrayBuffer>,
    challenge: Buffer.from(await challengeFor(tx, session), 'base64url') as Uint8Array<ArrayBuffer>,
    excludeCredentials: (await passkeysOf(tx, account)).map(credential),
    // A password came before it, so a key that only wants to be touched is enough.
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
    supportedAlgorithmIDs: algorithms,
    timeout: 300_000,
  })

/** What the browser is asked in order to use one. */
export const authenticationAsked = async (ask: Ask, tx: Tx, session: Challenged, account: Account) =>
  generateAuthenticationOptions({
    rpID: site(ask.house).hostname,
    allowCredentials: (await passkeysOf(tx, account)).map(credential),
    challenge: Buffer.from(await challengeFor(tx, session), 'base64url') as Uint8Array<ArrayBuffer>,
    userVerification: 'preferred',
    timeout: 300_000,
  })

const credential = (row: { credential_id: string; transports: string[] }) => ({
  id: row.credential_id,
  transports: row.transports,
})

export type Challenged = { partnership: string; session: string; challenge: string | null }

/** One challenge stands until it is answered, right or wrong, so that two tabs of one sign-in do not spoil each other. */
const challengeFor = async (tx: Tx, { partnership, session, challenge }: Challenged): Promise<string> => {
  if (challenge) return challenge
  const made = randomBytes(32).toString('base64url')
  await setChallenge(tx, partnership, session, made)
  return made
}

const setChallenge = async (tx: Tx, partnership: string, session: string, challenge: string | null): Promise<void> => {
  await tx
    .updateTable('session')
    .set({ challenge })
    .where('partnership_id', '=', partnership)
    .where('id', '=', session)
    .execute()
}

/** Keeps the passkey that the browser made, if it answers what was asked here. */
export const keepPasskey = async (
  ask: Ask,
  tx: Tx,
  asked: Challenged,
  account: Account,
  answer: string,
  label: string,
): Promise<'added' | 'refused'> => {
  const response = readAnswer<RegistrationResponseJSON>(answer)
  if (!response || !asked.challenge) return 'refused'
  await setChallenge(tx, asked.partnership, asked.session, null)
  const { hostname, origin } = site(ask.house)
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge: asked.challenge,
    expectedOrigin: origin,
    expectedRPID: hostname,
    requireUserVerification: false,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined)
  if (!checked?.verified) return 'refused'
  const { credential } = checked.registrationInfo
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('passkey')
    .values({
      partnership_id: account.partnership_id,
      id: newId(),
      account_id: account.id,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      label,
      added_at: ask.house.now(),
    })
    .onConflict((conflict) => conflict.columns(['partnership_id', 'credential_id']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows ? 'added' : 'refused'
}

/** Does the browser's answer come from one of their passkeys, and to what was asked? */
export const isPasskey = async (
  ask: Ask,
  tx: Tx,
  half: { session: string; challenge: string | null; account: Account },
  answer: string,
): Promise<boolean> => {
  const { account } = half
  const response = readAnswer<AuthenticationResponseJSON>(answer)
  const row = (await passkeysOf(tx, account)).find(({ credential_id }) => credential_id === response?.id)
  if (!half.challenge) return false
  await setChallenge(tx, account.partnership_id, half.session, null)
  if (!response || !row) return false
  const { hostname, origin } = site(ask.house)
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge: half.challenge,
    expectedOrigin: origin,
    expectedRPID: hostname,
    credential: { ...credential(row), publicKey: new Uint8Array(row.public_key), counter: row.counter },
    requireUserVerification: false,
  }).catch(() => undefined)
  if (!checked?.verified) return false
  await tx
    .updateTable('passkey')
    .set({ counter: checked.authenticationInfo.newCounter, used_at: ask.house.now() })
    .where('partnership_id', '=', account.partnership_id)
    .where('id', '=', row.id)
    .execute()
  return true
}

const readAnswer = <T>(answer: string): T | undefined => {
  try {
    const read: unknown = JSON.parse(answer)
    return typeof read === 'object' && read !== null ? (read as T) : undefined
  } catch {
    return undefined
  }
}
