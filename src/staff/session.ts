import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { become, newId, tokenHash, type Keys, type Role, type Tx, type Viewer } from '../platform/index.ts'
import type { Ask, House, Place } from '../web/index.ts'

export const idle_minutes = 30
export const most_hours = 12

/** Opens a sign-in for an account whose password was right. It opens no page until the second factor is given too. */
export const startSession = async (tx: Tx, keys: Keys, partnership: string, account: string, at: Date, bothFactors = false): Promise<string> => {
  const token = randomBytes(32).toString('base64url')
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

/** Who a browser's session cookie says it is: a member of staff with both factors given, or nobody in particular. */
export const whoIs = async (tx: Tx, house: House, place: Place, cookies: Ask['cookies']): Promise<Viewer> => {
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
      and not exists (select from suspension x where x.partnership_id = a.partnership_id and x.account_id = a.id and x.lifted_at is null)`.execute(tx)
  const found = rows[0]
  if (!found) return nobody
  // Once a minute is often enough to know that somebody is still there, and spares a write on every page.
  if (now.getTime() - found.seen_at.getTime() > 60_000)
    await tx.updateTable('session').set({ seen_at: now }).where('partnership_id', '=', place.id).where('id', '=', found.session_id).execute()
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
