import { sql } from 'kysely'
import { asProduct, inTransaction, record, tokenHash, type StaffViewer } from '../platform/index.ts'
import type { Ask } from '../web/index.ts'
import { about, ownAccount, themself } from './account.ts'
import { hashPassword, isPassword, passwordProblem, type PasswordProblem } from './password.ts'
import { endSession, endSessions, half_open_minutes, idle_minutes, most_hours } from './session.ts'
import { countedAs, countTry, minutesToWait } from './tries.ts'

export type Changed = { outcome: 'changed' | 'wrong' | PasswordProblem } | { outcome: 'wait'; minutes: number }

/** Changes a person's own password, which they must know, and signs them out everywhere else. */
export const changePassword = (
  ask: Ask,
  viewer: StaffViewer,
  input: { current: string; next: string },
): Promise<Changed> =>
  inTransaction(ask.tx, async (tx) => {
    const { house, place } = ask
    const account = await ownAccount(tx, viewer)
    return asProduct(tx, async () => {
      const at = house.now()
      const mine = countedAs(house.keys, place.id, account.email, ask.cookies)
      const tried = { partnership: place.id, countedAs: mine, step: 'password', at } as const
      const minutes = await minutesToWait(tx, tried)
      if (minutes > 0) return { outcome: 'wait', minutes }
      const stored = await tx
        .selectFrom('password')
        .select('hash')
        .where('partnership_id', '=', place.id)
        .where('account_id', '=', account.id)
        .executeTakeFirst()
      const isRight = await isPassword(stored?.hash, input.current)
      await countTry(tx, tried, isRight)
      if (!isRight) return { outcome: 'wrong' }
      const problem = passwordProblem(input.next, account, place)
      if (problem) return { outcome: problem }
      await tx
        .updateTable('password')
        .set({ hash: await hashPassword(input.next), set_at: at })
        .where('partnership_id', '=', place.id)
        .where('account_id', '=', account.id)
        .execute()
      await endSessions(tx, house.keys, place.id, account.id, 'password changed', at, ask.cookies['session'])
      await record(tx, viewer, 'password changed', about(account.id))
      return { outcome: 'changed' }
    })
  })

export const hasPassword = (ask: Ask, viewer: StaffViewer): Promise<boolean> =>
  asProduct(ask.tx, async () => {
    const found = await ask.tx
      .selectFrom('password')
      .select('account_id')
      .where('partnership_id', '=', viewer.partnership)
      .where('account_id', '=', viewer.staff)
      .executeTakeFirst()
    return found !== undefined
  })

/** Ends the session of this browser, finished or half open. */
export const signOut = (ask: Ask): Promise<void> =>
  inTransaction(ask.tx, (tx) =>
    asProduct(tx, async () => {
      const token = ask.cookies['session']
      const id = token && (await endSession(tx, ask.house.keys, ask.place.id, token, 'signed out', ask.house.now()))
      if (!id) return
      const account = await tx
        .selectFrom('account')
        .selectAll()
        .where('partnership_id', '=', ask.place.id)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      await record(tx, themself(account), 'signed out', about(id))
    }),
  )

export const signOutEverywhere = (ask: Ask, viewer: StaffViewer): Promise<void> =>
  inTransaction(ask.tx, (tx) =>
    asProduct(tx, async () => {
      const ended = await endSessions(
        tx,
        ask.house.keys,
        viewer.partnership,
        viewer.staff,
        'signed out everywhere',
        ask.house.now(),
      )
      await record(tx, viewer, 'signed out everywhere', about(viewer.staff), { sessions: ended })
    }),
  )

export type OpenSession = { id: string; started_at: Date; seen_at: Date; is_this: boolean; is_half_open: boolean }

/** Where a person is signed in now. */
export const openSessions = async (ask: Ask, viewer: StaffViewer): Promise<OpenSession[]> => {
  const now = ask.house.now()
  const { rows } = await sql<OpenSession>`
    select id, started_at, seen_at, second_factor_at is null as is_half_open,
      token_hash = ${tokenHash(ask.house.keys, 'session', ask.cookies['session'] ?? '')} as is_this
    from session
    where partnership_id = ${viewer.partnership} and account_id = ${viewer.staff} and ended_at is null
      and seen_at > ${now}::timestamptz - ${`${idle_minutes} minutes`}::interval
      and started_at > ${now}::timestamptz - ${`${most_hours} hours`}::interval
      and (second_factor_at is not null or started_at > ${now}::timestamptz - ${`${half_open_minutes} minutes`}::interval)
    order by is_this desc, seen_at desc`.execute(ask.tx)
  return rows
}
