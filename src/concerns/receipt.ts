import { sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import {
  become,
  fitsCode,
  makeCode,
  newId,
  readCode,
  tokenHash,
  type Keys,
  type Tx,
  type Viewer,
} from '../platform/index.ts'

const keptMonths = 24
export const visit_minutes = 30

/** Makes a concern's receipt. The text returned is the only copy there will ever be. @param code what it is made of first */
export const makeReceipt = async (
  tx: Tx,
  keys: Keys,
  viewer: Viewer,
  { concern, agency, at }: { concern: string; agency: string; at: Date },
  code: Awaited<ReturnType<typeof makeCode>>,
): Promise<string> => {
  const expires = new Date(at)
  expires.setUTCMonth(expires.getUTCMonth() + keptMonths)
  // A selector may be taken: a million of them stand for one partnership's reports of two years.
  for (;;) {
    const { selector, secret_hash, typed } = code
    const made = await tx
      .insertInto('receipt')
      .values({
        partnership_id: viewer.partnership,
        concern_id: concern,
        agency_id: agency,
        selector,
        secret_hash,
        made_at: at,
        expires_at: expires,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 1n) return typed
    code = await makeCode(keys)
  }
}

/**
 * The concern that a typed receipt opens, or undefined: for one that is wrong, unknown, expired or no receipt at all
 * alike, after the same work. The transaction is a visitor's again afterwards.
 */
export const openReceipt = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  typed: string,
  at: Date,
): Promise<{ concern: string; agency: string } | undefined> => {
  const { selector, secret, isWhole } = readCode(typed)
  await become(tx, { kind: 'system', partnership })
  const row = await tx
    .selectFrom('receipt')
    .select(['concern_id', 'agency_id', 'secret_hash', 'expires_at'])
    .where('partnership_id', '=', partnership)
    .where('selector', '=', selector)
    .executeTakeFirst()
  const right = await fitsCode(keys, secret, row?.secret_hash)
  await become(tx, { kind: 'public', partnership })
  return row && right && row.expires_at > at && isWhole ? { concern: row.concern_id, agency: row.agency_id } : undefined
}

/** Remembers that this browser opened a receipt, for half an hour of reading. Returns what its cookie holds. */
export const startVisit = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  concern: string,
  agency: string,
  at: Date,
): Promise<string> => {
  const token = randomBytes(32).toString('base64url')
  await become(tx, { kind: 'system', partnership })
  await tx
    .insertInto('receipt_visit')
    .values({
      partnership_id: partnership,
      id: newId(),
      concern_id: concern,
      agency_id: agency,
      token_hash: tokenHash(keys, 'visit', token),
      seen_at: at,
      expires_at: visitEnd(at),
    })
    .execute()
  await become(tx, { kind: 'public', partnership })
  return token
}

const visitEnd = (at: Date): Date => new Date(at.getTime() + visit_minutes * 60_000)

/** Makes the open transaction the reporter's own, when the browser's visit still stands. Undefined when it does not. */
export const becomeReporter = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  token: string | undefined,
  at: Date,
): Promise<Extract<Viewer, { kind: 'reporter' }> | undefined> => {
  if (!token) return undefined
  await become(tx, { kind: 'system', partnership })
  const { rows } = await sql<{ concern_id: string }>`
    update receipt_visit set seen_at = ${at}, expires_at = ${visitEnd(at)}
    where partnership_id = ${partnership} and token_hash = ${tokenHash(keys, 'visit', token)} and expires_at > ${at}
    returning concern_id`.execute(tx)
  const concern = rows[0]?.concern_id
  if (!concern) return undefined
  const viewer = { kind: 'reporter', partnership, concern } as const
  await become(tx, viewer)
  return viewer
}

/** Ends the visit: what "I have finished" does. */
export const endVisit = async (tx: Tx, keys: Keys, partnership: string, token: string): Promise<void> => {
  await become(tx, { kind: 'system', partnership })
  await tx
    .deleteFrom('receipt_visit')
    .where('partnership_id', '=', partnership)
    .where('token_hash', '=', tokenHash(keys, 'visit', token))
    .execute()
  await become(tx, { kind: 'public', partnership })
}
