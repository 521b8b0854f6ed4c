import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { asProduct, become, newId, tokenHash, type Keys, type Role, type Tx, type Viewer } from '../platform/index.ts'
import type { Ask, House, Place } from '../web/index.ts'
import type { Account } from './account.ts'

export const idle_minutes = 30
export const most_hours = 12
/** How long somebody may take between the password and the second factor. */
export const half_open_minutes = 15

const newToken = (): string => randomBytes(32).toString('base64url')

/** Opens a sign-in for an account whose password was right. It opens no page until the second factor is given too. */
export const startSession = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  account: string,
  at: Date,
  bothFactors = false,
): Promise<string> => {
  const token = newToken()
  await tx
    .insertInto('session')
    .values({
      partnership_id: partnership,
      id: newId(),
      account_id: account,
      token_hash: tokenHash(keys, 'session', token),
      started_at: at,
      seen_at: at,
      second_factor_at: bothFactors ? at : null,
    })
    .execute()
  return token
}

/** The second factor was right. The session gets a new token, so that one stolen before this is worth nothing. */
export const openFully = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  session: string,
  at: Date,
): Promise<string> => {
  const token = newToken()
  await tx
    .updateTable('session')
    .set({ token_hash: tokenHash(keys, 'session', token), second_factor_at: at, seen_at: at, challenge: null })
    .where('partnership_id', '=', partnership)
    .where('id', '=', session)
    .execute()
  return token
}

/** A sign-in between its two factors. */
export type HalfOpen = { session: string; challenge: string | null; account: Account }

/** The sign-in that this browser has begun and not finished. */
export const halfOpen = (ask: Ask): Promise<HalfOpen | undefined> =>
  asProduct(ask.tx, async () => {
    const token = ask.cookies['session']
    if (!token) return undefined
    const now = ask.house.now()
    const { rows } = await sql<Account & { session: string; challenge: string | null }>`
      select s.id as session, s.challenge, a.partnership_id, a.id, a.agency_id, a.email, a.name, a.job_title, a.demo
      from session s join account a on a.partnership_id = s.partnership_id and a.id = s.account_id
      where s.partnership_id = ${ask.place.id} and s.token_hash = ${tokenHash(ask.house.keys, 'session', token)}
        and s.ended_at is null and s.second_factor_at is null
        and s.started_at > ${now}::timestamptz - ${`${half_open_minutes} minutes`}::interval
        and not exists (select from suspension x
          where x.partnership_id = a.partnership_id and x.account_id = a.id and x.lifted_at is null)
      for update of s`.execute(ask.tx)
    const [found] = rows
    if (!found) return undefined
    const { session, challenge, ...account } = found
    return { session, challenge, account }
  })

/** Ends a person's sessions, all of them or all but the one with this token. Returns how many there were. */
export const endSessions = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  account: string,
  why: string,
  at: Date,
  exceptToken?: string,
): Promise<number> => {
  const spared = exceptToken ? tokenHash(keys, 'session', exceptToken) : Buffer.alloc(0)
  const { numUpdatedRows } = await tx
    .updateTable('session')
    .set({ ended_at: at, ended_why: why })
    .where('partnership_id', '=', partnership)
    .where('account_id', '=', account)
    .where('ended_at', 'is', null)
    .where('token_hash', '!=', spared)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Ends the one session that has this token. Returns whose it was. */
export const endSession = async (tx: Tx, keys: Keys, partnership: string, token: string, why: string, at: Date) => {
  const ended = await tx
    .updateTable('session')
    .set({ ended_at: at, ended_why: why })
    .where('partnership_id', '=', partnership)
    .where('token_hash', '=', tokenHash(keys, 'session', token))
    .where('ended_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst()
  return ended?.account_id
}

/**
 * Who a browser's session cookie says it is: a member of staff with both factors given, or nobody in particular.
 * @param isPresent false for what a page asks by itself (a live queue): that alone must not keep a session awake
 */
export const whoIs = async (
  tx: Tx,
  house: House,
  place: Place,
  cookies: Ask['cookies'],
  isPresent = true,
): Promise<Viewer> => {
  const nobody: Viewer = { kind: 'public', partnership: place.id }
  const token = cookies['session']
  if (!token || !place.id) return nobody
  await become(tx, { kind: 'system', partnership: place.id })
  const now = house.now()
  const { rows } = await sql<{
    session_id: string
    seen_at: Date
    id: string
    name: string
    agency_id: string
    roles: Role[]
    front_door: boolean
  }>`
    select s.id as session_id, s.seen_at, a.id, a.name, a.agency_id,
      array(select r.role from role_grant r where r.partnership_id = a.partnership_id and r.account_id = a.id and r.ended_at is null) as roles,
      exists (select from membership m join body b on b.partnership_id = m.partnership_id and b.id = m.body_id
        where m.partnership_id = a.partnership_id and m.agency_id = a.agency_id and b.front_door
          and coalesce(m.valid_from, '-infinity') <= ${now}::date and coalesce(m.valid_to, 'infinity') > ${now}::date) as front_door
    from session s join account a on a.partnership_id = s.partnership_id and a.id = s.account_id
    where s.partnership_id = ${place.id} and s.token_hash = ${tokenHash(house.keys, 'session', token)}
      and s.ended_at is null and s.second_factor_at is not null
      and s.seen_at > ${now}::timestamptz - ${`${idle_minutes} minutes`}::interval
      and s.started_at > ${now}::timestamptz - ${`${most_hours} hours`}::interval
      and not exists (select from suspension x where x.partnership_id = a.partnership_id and x.account_id = a.id and x.lifted_at is null)`.execute(
    tx,
  )
  const found = rows[0]
  if (!found) return nobody
  // Once a minute is often enough to know that somebody is still there, and spares a write on every page.
  if (isPresent && now.getTime() - found.seen_at.getTime() > 60_000)
    await tx
      .updateTable('session')
      .set({ seen_at: now })
      .where('partnership_id', '=', place.id)
      .where('id', '=', found.session_id)
      .execute()
  const decides = found.roles.includes('duty') || found.roles.includes('manager')
  return {
    kind: 'staff',
    partnership: place.id,
    staff: found.id,
    agency: found.agency_id,
    name: found.name,
    roles: found.roles,
    frontDoor: decides && found.front_door,
  }
}
