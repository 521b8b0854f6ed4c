import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import {
  asProduct,
  asViewer,
  become,
  enqueue,
  newId,
  tokenHash,
  type Db,
  type JobHandler,
  type Keys,
  type Role,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
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
  const forget_at = new Date(at.getTime() + (kept_days + 1) * 86_400_000)
  await enqueue(tx, { kind: 'system', partnership }, 'sessions expire', {}, { key: 'sessions', at: forget_at })
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
        and not account_closed(a.partnership_id, a.id, a.agency_id, ${now})
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

/** A sign-in that stands now: both factors given, not ended, not idle, its owner and their agency not closed. */
type Standing = { session_id: string; token_hash: Buffer; seen_at: Date; viewer: StaffViewer }

/** Which of these sign-ins stand now, and who each of them is. For the product itself alone. */
const standing = async (tx: Tx, partnership: string, hashes: readonly Buffer[], now: Date): Promise<Standing[]> => {
  // The hours are added to the beginning: taken from now, PostgreSQL would read all that began within them, not one by its token.
  const { rows } = await sql<{
    session_id: string
    token_hash: Buffer
    seen_at: Date
    id: string
    name: string
    agency_id: string
    roles: Role[]
    front_door: boolean
  }>`
    select s.id as session_id, s.token_hash, s.seen_at, a.id, a.name, a.agency_id,
      array(select r.role from role_grant r where r.partnership_id = a.partnership_id and r.account_id = a.id and r.ended_at is null) as roles,
      exists (select from membership m join body b on b.partnership_id = m.partnership_id and b.id = m.body_id
        where m.partnership_id = a.partnership_id and m.agency_id = a.agency_id and b.front_door
          and coalesce(m.valid_from, '-infinity') <= ${now}::date and coalesce(m.valid_to, 'infinity') > ${now}::date) as front_door
    from session s join account a on a.partnership_id = s.partnership_id and a.id = s.account_id
    where s.partnership_id = ${partnership} and s.token_hash = any(${hashes}::bytea[])
      and s.ended_at is null and s.second_factor_at is not null
      and s.seen_at > ${now}::timestamptz - ${`${idle_minutes} minutes`}::interval
      and s.started_at + ${`${most_hours} hours`}::interval > ${now}
      and not account_closed(a.partnership_id, a.id, a.agency_id, ${now})`.execute(tx)
  return rows.map(({ session_id, token_hash, seen_at, id, name, agency_id, roles, front_door }) => {
    const decides = roles.includes('duty') || roles.includes('manager')
    const frontDoor = decides && front_door
    const viewer: StaffViewer = { kind: 'staff', partnership, staff: id, agency: agency_id, name, roles, frontDoor }
    return { session_id, token_hash, seen_at, viewer }
  })
}

/**
 * Who a browser's session cookie says it is: a member of staff with both factors given, or nobody in particular.
 * @param isPresent false for what a page asks by itself (a live queue): that alone must not keep a session awake
 */
export const whoIs = async (
  tx: Tx,
  { keys, now }: House,
  place: Place,
  cookies: Ask['cookies'],
  isPresent = true,
): Promise<Viewer> => {
  const nobody: Viewer = { kind: 'public', partnership: place.id }
  const token = cookies['session']
  if (!token || !place.id) return nobody
  await become(tx, { kind: 'system', partnership: place.id })
  const at = now()
  const [found] = await standing(tx, place.id, [tokenHash(keys, 'session', token)], at)
  if (!found) return nobody
  // Once a minute is often enough to know that somebody is still there, and spares a write on every page.
  if (isPresent && at.getTime() - found.seen_at.getTime() > 60_000)
    await tx
      .updateTable('session')
      .set({ seen_at: at })
      .where('partnership_id', '=', place.id)
      .where('id', '=', found.session_id)
      .execute()
  return found.viewer
}

/** The same for many sign-ins at once, by their hashes in hex. Those that do not stand are absent; none is kept awake. */
export const whoAre = (
  house: House,
  partnership: string,
  hashes: readonly Buffer[],
): Promise<Map<string, StaffViewer>> =>
  asViewer(house.db, { kind: 'system', partnership }, async (tx) => {
    const found = await standing(tx, partnership, hashes, house.now())
    return new Map(found.map(({ token_hash, viewer }) => [token_hash.toString('hex'), viewer]))
  })

/** How long the row of a sign-in stays after it ended. */
const kept_days = 30

export const sessionJobs: Record<string, JobHandler> = {
  'sessions expire': (job, db) => forgetSessions(db, job.partnership, new Date()),
}

/** Removes the sign-ins that ended long ago. What happened in them is in the events. */
export const forgetSessions = (db: Db, partnership: string, at: Date): Promise<void> =>
  asViewer(db, { kind: 'system', partnership }, async (tx) => {
    // None stands for longer than a day, so one that began before then has ended since.
    await sql`delete from session where partnership_id = ${partnership}
      and started_at < ${at}::timestamptz - ${`${kept_days} days`}::interval`.execute(tx)
  })
