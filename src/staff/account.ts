import { sql } from 'kysely'
import { hasRole, isId, NotFound, type Role, type StaffViewer, type Tx, type Viewer } from '../platform/index.ts'

/** A member of staff, as sign-in knows them. */
export type Account = {
  partnership_id: string
  id: string
  agency_id: string
  email: string
  name: string
  job_title: string
  demo: boolean
}

/** Who an event about somebody's own sign-in was done by. It gives no right to anything. */
export const themself = (account: Account): StaffViewer => ({
  kind: 'staff',
  partnership: account.partnership_id,
  staff: account.id,
  agency: account.agency_id,
  name: account.name,
  roles: [],
  frontDoor: false,
})

export const about = (account: string) => ({ kind: 'account', id: account })

export const readEmail = (typed: string): string => typed.trim().toLowerCase()

/** Accounts are kept by administrators, and by the product itself from the command line. */
export const mayKeepAccounts = (viewer: Viewer): boolean => viewer.kind === 'system' || hasRole(viewer, 'administrator')

/** The account an administrator works on, held until the transaction ends. @throws {NotFound} also when it is not theirs to keep */
export const accountToKeep = async (tx: Tx, viewer: Viewer, id: string): Promise<Account> => {
  if (!mayKeepAccounts(viewer) || !isId(id)) throw new NotFound()
  const account = await tx
    .selectFrom('account')
    .selectAll()
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!account) throw new NotFound()
  return account
}

/** A person's own account. */
export const ownAccount = (tx: Tx, viewer: StaffViewer): Promise<Account> =>
  tx
    .selectFrom('account')
    .selectAll()
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', viewer.staff)
    .executeTakeFirstOrThrow()

/**
 * Would this leave the partnership without anyone to keep its accounts? Asked with the administrators held, so that two
 * who remove each other at the same moment take turns.
 */
export const isLastAdministrator = async (
  tx: Tx,
  partnership: string,
  gone: { account: string } | { agency: string },
  at: Date,
): Promise<boolean> => {
  await sql`select from role_grant where partnership_id = ${partnership} and role = 'administrator' and ended_at is null
    order by id for update`.execute(tx)
  const { rows } = await sql<{ account: string; agency: string }>`
    select a.id as account, a.agency_id as agency
    from role_grant r join account a on a.partnership_id = r.partnership_id and a.id = r.account_id
    where r.partnership_id = ${partnership} and r.role = 'administrator' and r.ended_at is null
      and not account_closed(a.partnership_id, a.id, a.agency_id, ${at})`.execute(tx)
  return (
    rows.length > 0 &&
    rows.every((one) => ('account' in gone ? one.account === gone.account : one.agency === gone.agency))
  )
}

export const roleOrder: Record<Role, number> = {
  administrator: 0,
  guardian: 1,
  manager: 2,
  duty: 3,
  practitioner: 4,
  learning: 5,
  chair: 6,
  'reporter-agency': 7,
}
