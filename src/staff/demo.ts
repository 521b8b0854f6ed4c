import { sql } from 'kysely'
import { asProduct, inTransaction, isId, record, type Role } from '../platform/index.ts'
import type { Ask } from '../web/index.ts'
import { about, themself, type Account } from './account.ts'
import { endSession, startSession } from './session.ts'

/** Sign-in by one click: only where the partnership is a demo and the server was started as one. */
export const isDemo = (ask: Ask): boolean => ask.place.demo && ask.house.config.demo

export type DemoAccount = Account & { agency: string; roles: Role[] }

export const demoAccounts = (ask: Ask): Promise<DemoAccount[]> =>
  asProduct(ask.tx, async () => {
    const { rows } = await sql<DemoAccount>`
      select a.partnership_id, a.id, a.agency_id, a.email, a.name, a.job_title, a.demo, g.name as agency,
        array(select r.role from role_grant r where r.partnership_id = a.partnership_id and r.account_id = a.id
          and r.ended_at is null order by r.role) as roles
      from account a join agency g on g.partnership_id = a.partnership_id and g.id = a.agency_id
      where a.partnership_id = ${ask.place.id} and a.demo
        and not account_closed(a.partnership_id, a.id, a.agency_id, ${ask.house.now()})
      order by a.made_at, a.name`.execute(ask.tx)
    return rows
  })

/** Signs in as a made-up person, with both factors taken as given. Undefined for anybody who is not made up. */
export const signInToDemo = async (ask: Ask, id: string): Promise<string | undefined> => {
  if (!isDemo(ask) || !isId(id)) return undefined
  const account = (await demoAccounts(ask)).find((one) => one.id === id)
  if (!account) return undefined
  return inTransaction(ask.tx, (tx) =>
    asProduct(tx, async () => {
      const { keys } = ask.house
      const at = ask.house.now()
      const before = ask.cookies['session']
      if (before) await endSession(tx, keys, ask.place.id, before, 'signed in again', at)
      await record(tx, themself(account), 'signed in', about(id), { how: 'demo' })
      return startSession(tx, keys, ask.place.id, id, at, true)
    }),
  )
}
