import { hash, verify } from '@node-rs/argon2'
import { randomBase32, readBase32 } from './id.ts'
import type { Keys } from './keys.ts'

/*
 * A code that somebody types from paper: twenty Crockford base32 characters in fours. Four select the row, sixteen
 * (80 bits) are the secret. At 80 random bits nobody guesses, so argon2id is set light (4 MiB, one pass: a few
 * milliseconds): its work is to make a stolen database slow to search, and the pepper outside the database makes even
 * that pointless without the key file.
 */
// 2 is argon2id (an ambient enum, so it cannot be named here).
const cost = { algorithm: 2, memoryCost: 4096, timeCost: 1, parallelism: 1 }

/** A new code. What is typed is the only copy there will ever be; the rest is for its row. A selector may be taken. */
export const makeCode = async (keys: Keys): Promise<{ selector: string; secret_hash: string; typed: string }> => {
  const [selector, secret] = [randomBase32(4), randomBase32(16)]
  const secret_hash = await hash(secret, { ...cost, secret: keys.pepper })
  return { selector, secret_hash, typed: inFours(selector + secret) }
}

const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ')

/** What was typed, taken apart; of what is no code at all zeros, so that the same work follows. */
export const readCode = (typed: string): { selector: string; secret: string; isWhole: boolean } => {
  const plain = readBase32(typed)
  const isWhole = plain?.length === 20
  const code = isWhole ? plain! : '0'.repeat(20)
  return { selector: code.slice(0, 4), secret: code.slice(4), isWhole }
}

// Verified when no row fits, so that an unknown code takes as long as a wrong one.
let decoy: Promise<string> | undefined

/** Whether the secret fits the row that its selector found, after the same work where there is none. */
export const fitsCode = async (keys: Keys, secret: string, secretHash: string | undefined): Promise<boolean> => {
  decoy ??= hash(randomBase32(16), { ...cost, secret: keys.pepper })
  const right = await verify(secretHash ?? (await decoy), secret, { secret: keys.pepper })
  return right && secretHash !== undefined
}
