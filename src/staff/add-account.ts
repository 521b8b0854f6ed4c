import { asProduct, inTransaction, newId, record, type Db, type Role, type Tx, type Viewer } from '../platform/index.ts'
import { wordsIn } from '../web/index.ts'
import { about, mayKeepAccounts, readEmail } from './account.ts'
import { hashPassword, passwordProblem } from './password.ts'

export type NewAccount = {
  /** The agency's id. */
  agency: string
  email: string
  name: string
  jobTitle: string
  roles: readonly Role[]
  /** Without one the person needs an invitation. */
  password?: string
  /** Signs in by one click, in demo mode only. */
  demo?: boolean
}

/**
 * Makes an account, for the command line, the demo and administrators.
 * @returns its id
 * @throws {Error} when somebody has the email already, or the password cannot be used
 */
export const addAccount = (db: Db | Tx, viewer: Viewer, input: NewAccount): Promise<string> =>
  inTransaction(db, async (tx) => {
    if (!mayKeepAccounts(viewer)) throw new Error('Only an administrator may add an account.')
    const partnership_id = viewer.partnership
    const email = readEmail(input.email)
    if (await isTaken(tx, partnership_id, email)) throw new Error('Somebody has an account with this email already.')
    const id = newId()
    const { name, jobTitle: job_title, agency: agency_id, demo = false } = input
    await tx.insertInto('account').values({ partnership_id, id, agency_id, email, name, job_title, demo }).execute()
    await record(tx, viewer, 'account made', about(id), { demo })
    for (const role of new Set(input.roles)) await grantRole(tx, viewer, id, role)
    if (input.password !== undefined)
      await setFirstPassword(tx, partnership_id, id, { ...input, email, password: input.password })
    return id
  })

export const isTaken = async (tx: Tx, partnership: string, email: string): Promise<boolean> => {
  const found = await tx
    .selectFrom('account')
    .select('id')
    .where('partnership_id', '=', partnership)
    .where('email', '=', readEmail(email))
    .executeTakeFirst()
  return found !== undefined
}

export const grantRole = async (
  tx: Tx,
  viewer: Viewer,
  account: string,
  role: Role,
  at = new Date(),
): Promise<void> => {
  const granted_by = viewer.kind === 'staff' ? viewer.staff : null
  await tx
    .insertInto('role_grant')
    .values({ partnership_id: viewer.partnership, id: newId(), account_id: account, role, granted_by, granted_at: at })
    .execute()
  await record(tx, viewer, 'role granted', about(account), { role })
}

const setFirstPassword = async (
  tx: Tx,
  partnership_id: string,
  account_id: string,
  input: NewAccount & { password: string },
): Promise<void> => {
  const home = await tx
    .selectFrom('partnership')
    .select(['place', 'slug'])
    .where('id', '=', partnership_id)
    .executeTakeFirstOrThrow()
  const problem = passwordProblem(input.password, input, home)
  if (problem) throw new Error(`${wordsIn('en').staff.password[problem]}.`)
  const hash = await hashPassword(input.password)
  await asProduct(tx, () => tx.insertInto('password').values({ partnership_id, account_id, hash }).execute())
}
