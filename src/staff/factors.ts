import { sql } from 'kysely'
import { asProduct, inTransaction, record, tokenHash, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Ask, Cookie } from '../web/index.ts'
import { about, ownAccount, themself, type Account } from './account.ts'
import { keepAuthenticator } from './authenticator.ts'
import { keepPasskey } from './passkey.ts'
import { makeRecoveryCodes } from './recovery-code.ts'
import { open } from './second-factor.ts'
import { halfOpen } from './session.ts'

export type Factor = {
  id: string
  kind: 'authenticator' | 'passkey'
  label: string
  added_at: Date
  used_at: Date | null
}

/** The second factors of an account and how many recovery codes are left, without anything that opens a door. */
export const factorsOf = (tx: Tx, account: Account): Promise<{ factors: Factor[]; codesLeft: number }> =>
  asProduct(tx, async () => {
    const mine = sql`partnership_id = ${account.partnership_id} and account_id = ${account.id}`
    const { rows } = await sql<Factor>`
      select id, 'authenticator' as kind, label, added_at, used_at from totp where ${mine}
      union all select id, 'passkey', label, added_at, used_at from passkey where ${mine}
      order by added_at, id`.execute(tx)
    const left = await sql<{
      n: number
    }>`select count(*) as n from recovery_code where ${mine} and used_at is null`.execute(tx)
    return { factors: rows, codesLeft: left.rows[0]?.n ?? 0 }
  })

/**
 * Somebody who may add a factor now: signed in, or half way in with none yet. With one, the door is opened by that one
 * and no password alone can put another beside it.
 */
export type Enrolling = { session: string; challenge: string | null; account: Account; isFirst: boolean }

export const enrolling = async (ask: Ask): Promise<Enrolling | undefined> => {
  if (ask.viewer.kind === 'staff') return signedIn(ask, ask.viewer)
  const half = await halfOpen(ask)
  if (!half || (await factorsOf(ask.tx, half.account)).factors.length > 0) return undefined
  return { ...half, isFirst: true }
}

const signedIn = async (ask: Ask, viewer: StaffViewer): Promise<Enrolling> => {
  const { id, challenge } = await ask.tx
    .selectFrom('session')
    .select(['id', 'challenge'])
    .where('partnership_id', '=', viewer.partnership)
    .where('token_hash', '=', tokenHash(ask.house.keys, 'session', ask.cookies['session'] ?? ''))
    .executeTakeFirstOrThrow()
  return { session: id, challenge, account: await ownAccount(ask.tx, viewer), isFirst: false }
}

export type NewFactor = { sealed: string; code: string; label: string } | { answer: string; label: string }
export type Added =
  | { outcome: 'added' }
  /** The first one also finishes the sign-in, and comes with recovery codes to be shown once. */
  | { outcome: 'signed in'; codes: string[]; cookies: readonly Cookie[] }
  | { outcome: 'already there' | 'wrong code' | 'not this session' | 'refused' }

export const addFactor = (ask: Ask, who: Enrolling, given: NewFactor): Promise<Added> =>
  inTransaction(ask.tx, (tx) =>
    asProduct(tx, async () => {
      const { account } = who
      const kept = await keep(ask, tx, who, given)
      if (kept !== 'added') return { outcome: kept }
      const factor = 'code' in given ? 'authenticator' : 'passkey'
      await record(tx, themself(account), 'factor added', about(account.id), { factor })
      if (!who.isFirst) return { outcome: 'added' }
      const codes = await renewCodes(ask, tx, account)
      return { outcome: 'signed in', codes, cookies: await open(ask, tx, who, factor) }
    }),
  )

const keep = (ask: Ask, tx: Tx, who: Enrolling, given: NewFactor) => {
  const { keys } = ask.house
  const { session, account } = who
  return 'code' in given
    ? keepAuthenticator(tx, keys, account, { ...given, session }, ask.house.now())
    : keepPasskey(ask, tx, { ...who, partnership: account.partnership_id }, account, given.answer, given.label)
}

const renewCodes = async (ask: Ask, tx: Tx, account: Account): Promise<string[]> => {
  const codes = await makeRecoveryCodes(tx, ask.house.keys, account, ask.house.now())
  await record(tx, themself(account), 'recovery codes made', about(account.id))
  return codes
}

/** Ten new recovery codes for somebody signed in; the old ones open nothing from now on. */
export const newRecoveryCodes = (ask: Ask, viewer: StaffViewer): Promise<string[]> =>
  inTransaction(ask.tx, async (tx) => {
    const account = await ownAccount(tx, viewer)
    return asProduct(tx, () => renewCodes(ask, tx, account))
  })

/** Takes a factor away, unless it is the only one: then another must be added first. */
export const removeFactor = (
  ask: Ask,
  viewer: StaffViewer,
  id: string,
): Promise<'removed' | 'only one' | 'no such factor'> =>
  inTransaction(ask.tx, async (tx) => {
    const account = await ownAccount(tx, viewer)
    const mine = { partnership_id: account.partnership_id, account_id: account.id }
    return asProduct(tx, async () => {
      // Two tabs that each remove one of two take turns.
      await sql`select from account where partnership_id = ${mine.partnership_id} and id = ${mine.account_id} for update`.execute(
        tx,
      )
      const { factors } = await factorsOf(tx, account)
      const factor = factors.find((one) => one.id === id)
      if (!factor) return 'no such factor'
      if (factors.length === 1) return 'only one'
      await tx
        .deleteFrom(factor.kind === 'passkey' ? 'passkey' : 'totp')
        .where('partnership_id', '=', mine.partnership_id)
        .where('id', '=', id)
        .execute()
      await record(tx, viewer, 'factor removed', about(account.id), { factor: factor.kind })
      return 'removed'
    })
  })
