import { sql } from 'kysely'
import { newId, tokenHash, type Keys, type Tx } from '../platform/index.ts'
import type { Ask, Cookie } from '../web/index.ts'
import { readEmail } from './account.ts'

/*
 * Guessing slows down; nothing is ever locked. Four wrong tries cost nothing, then each costs a wait that doubles, a
 * quarter of an hour at most. While somebody has to wait nothing is tried and nothing is counted. A stranger who knows
 * an email could still keep its owner waiting, so a browser in which that person has signed in before is counted apart
 * (OWASP calls it a device cookie): strangers slow down only strangers.
 */
export type Step = 'password' | 'second factor' | 'recovery code'
export type Tried = { partnership: string; countedAs: Buffer; step: Step; at: Date }

const free_tries = 4
const most_minutes = 15
const known_days = 180

export const minutesAfter = (wrongTries: number): number =>
  wrongTries <= free_tries ? 0 : Math.min(most_minutes, 2 ** (wrongTries - free_tries - 1))

/** Whose tries these are: an email's, whether or not anybody has it, or those of a browser that belongs to its owner. */
export const countedAs = (keys: Keys, partnership: string, typedEmail: string, cookies: Ask['cookies']): Buffer => {
  const email = readEmail(typedEmail)
  const [nonce = '', proof] = (cookies['known'] ?? '').split('.')
  const isKnown = proof !== undefined && proof === proofOf(keys, partnership, email, nonce)
  return tokenHash(keys, 'sign-in try', `${partnership}\n${email}\n${isKnown ? nonce : ''}`)
}

/** What a browser keeps after somebody has signed in with both factors. */
export const knownBrowser = (keys: Keys, partnership: string, email: string): Cookie => {
  const nonce = newId()
  return { name: 'known', value: `${nonce}.${proofOf(keys, partnership, email, nonce)}`, seconds: known_days * 86_400 }
}

const proofOf = (keys: Keys, partnership: string, email: string, nonce: string): string =>
  tokenHash(keys, 'known browser', `${partnership}\n${email}\n${nonce}`).toString('base64url')

/** How many minutes are left to wait; 0 when it may be tried now. Tries of one account take turns from here on. */
export const minutesToWait = async (tx: Tx, tried: Tried): Promise<number> => {
  const { partnership, countedAs, step, at } = tried
  await sql`select pg_advisory_xact_lock(hashtextextended(${countedAs.toString('hex')}, 0))`.execute(tx)
  const { rows } = await sql<{ wrong: number; last: Date | null }>`
    select count(*) as wrong, max(t.at) as last from sign_in_try t
    where t.partnership_id = ${partnership} and t.counted_as = ${countedAs} and t.step = ${step} and not t.succeeded
      and t.at > ${at}::timestamptz - interval '1 day'
      and t.at >= coalesce((select max(s.at) from sign_in_try s where s.partnership_id = t.partnership_id
        and s.counted_as = t.counted_as and s.step = t.step and s.succeeded), '-infinity')`.execute(tx)
  const { wrong = 0, last } = rows[0] ?? {}
  if (!last) return 0
  const until = last.getTime() + minutesAfter(Number(wrong)) * 60_000
  return Math.max(0, Math.ceil((until - at.getTime()) / 60_000))
}

/** Counts a try, and forgets those of other days. */
export const countTry = async (
  tx: Tx,
  { partnership, countedAs, step, at }: Tried,
  succeeded: boolean,
): Promise<void> => {
  await tx
    .insertInto('sign_in_try')
    .values({ partnership_id: partnership, id: newId(), counted_as: countedAs, step, succeeded, at })
    .execute()
  await sql`delete from sign_in_try where partnership_id = ${partnership}
    and at < ${at}::timestamptz - interval '1 day'`.execute(tx)
}
