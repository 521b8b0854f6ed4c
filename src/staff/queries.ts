import { sql, type RawBuilder } from 'kysely'
import { asProduct, isId, type Keys, type Role, type Tx } from '../platform/index.ts'
import { openWhy } from './seal-plain.ts'

export type Named = { name: string; jobTitle: string; agency: string }

/** Names, jobs and agencies of members of staff, for whoever may read the directory; ids of nobody are left out. */
export const namesFor = async (tx: Tx, ids: readonly string[]): Promise<Map<string, Named>> => {
  const asked = [...new Set(ids)].filter(isId)
  if (asked.length === 0) return new Map()
  const { rows } = await sql<Named & { id: string }>`
    select a.id, a.name, a.job_title as "jobTitle", g.name as agency
    from account a join agency g on g.partnership_id = a.partnership_id and g.id = a.agency_id
    where a.id = any(${asked}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, ...named }) => [id, named]))
}

/** The name of a member of staff, within another room's question; null as far as its asker may not read the directory. */
export const nameOf = (staff: RawBuilder<unknown>) =>
  sql<string | null>`(select a.name from account a where a.id = ${staff})`

/** The address at work with which somebody signs in, for a form that asks them for it; '' where the viewer reads none. */
export const emailAtWork = async (tx: Tx, staff: string): Promise<string> =>
  (await tx.selectFrom('account').select('email').where('id', '=', staff).executeTakeFirst())?.email ?? ''

export type Colleague = { id: string; name: string; jobTitle: string; roles: Role[] }

/** The people of an agency who can sign in now, by name. Empty for whoever may not read the directory. */
export const accountsOfAgency = async (tx: Tx, agency: string): Promise<Colleague[]> => {
  if (!isId(agency)) return []
  const seen = await tx.selectFrom('account').select('id').where('agency_id', '=', agency).execute()
  if (seen.length === 0) return []
  return asProduct(tx, async () => {
    const { rows } = await sql<Colleague>`
      select a.id, a.name, a.job_title as "jobTitle", ${rolesOf} as roles from account a
      where a.id = any(${seen.map(({ id }) => id)}::uuid[]) and ${statusOf} = 'active'
      order by a.name, a.id`.execute(tx)
    return rows
  })
}

/** Agencies where somebody who can sign in now holds one of these roles, for whoever may read the directory. */
export const agenciesWithPeople = async (tx: Tx, roles: readonly Role[]): Promise<Set<string>> => {
  const seen = await tx.selectFrom('account').select('id').execute()
  return asProduct(tx, async () => {
    const { rows } = await sql<{ agency: string }>`
      select distinct a.agency_id as agency from account a
      where a.id = any(${seen.map(({ id }) => id)}::uuid[]) and ${statusOf} = 'active' and ${rolesOf} && ${roles}::text[]`.execute(
      tx,
    )
    return new Set(rows.map(({ agency }) => agency))
  })
}

export type Standing = { agency: string; isOpen: boolean; roles: Role[] }
/** Whether these people can sign in now, and as what; ids of nobody are left out. What closed an account stays with administrators. */
export const standingOf = async (tx: Tx, ids: readonly string[], at: Date): Promise<Map<string, Standing>> => {
  const seen = await namesFor(tx, ids)
  return asProduct(tx, async () => {
    const { rows } = await sql<Standing & { id: string }>`
      select a.id, a.agency_id as agency, not account_closed(a.partnership_id, a.id, a.agency_id, ${at}) as "isOpen",
        ${rolesOf} as roles
      from account a where a.id = any(${[...seen.keys()]}::uuid[])`.execute(tx)
    return new Map(rows.map(({ id, ...standing }) => [id, standing]))
  })
}

const rolesOf = sql<Role[]>`array(select r.role from role_grant r
  where r.partnership_id = a.partnership_id and r.account_id = a.id and r.ended_at is null order by r.role)`

export const statuses = ['active', 'invited', 'suspended', 'agency closed'] as const
export type Status = (typeof statuses)[number]
const statusOf = sql<Status>`case
  when exists (select from suspension s where s.partnership_id = a.partnership_id and s.account_id = a.id and s.lifted_at is null)
    then 'suspended'
  when agency_closed(a.partnership_id, a.agency_id, now()) then 'agency closed'
  when exists (select from invitation i where i.partnership_id = a.partnership_id and i.account_id = a.id
    and i.taken_at is null and i.replaced_at is null) then 'invited'
  else 'active' end`

export type Listed = Colleague & { agency: string; email: string; status: Status }
export type Wanted = { agency?: string; role?: Role; status?: Status; words?: string; page: number }
export const page_size = 25

/** One page of the partnership's accounts, for administrators. */
export const listAccounts = async (tx: Tx, wanted: Wanted): Promise<{ accounts: Listed[]; total: number }> => {
  const { agency = null, role = null, status = null, words = '' } = wanted
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Listed & { total: number }>`
    select *, count(*) over () as total from (
      select a.id, a.name, a.email, a.job_title as "jobTitle", g.name as agency, ${rolesOf} as roles, ${statusOf} as status
      from account a join agency g on g.partnership_id = a.partnership_id and g.id = a.agency_id
      where (${agency}::uuid is null or a.agency_id = ${agency}::uuid)
        and (${words} = '' or a.name ilike ${like} or a.email ilike ${like})
    ) listed
    where (${role}::text is null or ${role} = any(roles)) and (${status}::text is null or status = ${status})
    order by name, id
    limit ${page_size} offset ${(wanted.page - 1) * page_size}`.execute(tx)
  return { accounts: rows, total: rows[0]?.total ?? 0 }
}

export type Shown = Listed & { agency_id: string; demo: boolean; made_at: Date }
export const findAccount = async (tx: Tx, id: string): Promise<Shown | undefined> => {
  if (!isId(id)) return undefined
  const { rows } = await sql<Shown>`
    select a.id, a.name, a.email, a.job_title as "jobTitle", g.name as agency, a.agency_id, a.demo, a.made_at,
      ${rolesOf} as roles, ${statusOf} as status
    from account a join agency g on g.partnership_id = a.partnership_id and g.id = a.agency_id
    where a.id = ${id}`.execute(tx)
  return rows[0]
}

/** What was done to an account and needs its reason beside it, for administrators. */
export const keptOf = async (tx: Tx, keys: Keys, partnership: string, account: string) => ({
  grants: await tx
    .selectFrom('role_grant')
    .selectAll()
    .where('account_id', '=', account)
    .orderBy('granted_at')
    .orderBy('role')
    .execute(),
  suspensions: await openWhy(
    tx,
    keys,
    partnership,
    'suspension',
    await tx.selectFrom('suspension').selectAll().where('account_id', '=', account).orderBy('suspended_at').execute(),
  ),
  resets: await openWhy(
    tx,
    keys,
    partnership,
    'factor_reset',
    await tx.selectFrom('factor_reset').selectAll().where('account_id', '=', account).orderBy('reset_at').execute(),
  ),
  invitation: await tx
    .selectFrom('invitation')
    .select(['expires_at', 'invited_at'])
    .where('account_id', '=', account)
    .where('taken_at', 'is', null)
    .where('replaced_at', 'is', null)
    .executeTakeFirst(),
})

export type AgencySuspension = {
  why: string
  suspended_at: Date
  suspended_by: string | null
  lifted_at: Date | null
  lifted_by: string | null
}
/** Every time an agency was closed, the last first, for administrators. */
export const suspensionsOfAgency = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  agency: string,
): Promise<AgencySuspension[]> => {
  const rows = await tx
    .selectFrom('agency_suspension')
    .select(['id', 'why', 'suspended_at', 'suspended_by', 'lifted_at', 'lifted_by'])
    .where('agency_id', '=', agency)
    .orderBy('suspended_at', 'desc')
    .execute()
  return openWhy(tx, keys, partnership, 'agency_suspension', rows)
}

/** How many people and systems an agency's door lets in or keeps out, for administrators. */
export const whoEnters = async (tx: Tx, agency: string): Promise<{ people: number; systems: number }> => {
  const { rows } = await sql<{ people: number; systems: number }>`
    select (select count(*) from account where agency_id = ${agency}) as people,
      (select count(*) from api_client where agency_id = ${agency} and closed_at is null) as systems`.execute(tx)
  return rows[0]!
}

export type Happened = { kind: string; at: Date; staff_id: string | null; detail: Record<string, unknown> }
/** The last things that happened to an account, newest first. */
export const historyOf = async (tx: Tx, account: string, most = 50): Promise<Happened[]> => {
  const { rows } = await sql<Happened>`
    select kind, at, staff_id, detail from event where about_kind = 'account' and about_id = ${account}
    order by seq desc limit ${most}`.execute(tx)
  return rows
}
