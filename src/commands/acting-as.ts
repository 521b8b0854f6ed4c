import { asViewer, type Db, type Role, type StaffViewer } from '../platform/index.ts'
import { standingOf } from '../staff/index.ts'

/**
 * The member of staff for whom a command acts: whoever has this email, or the only one with the role.
 * @throws {Error} a sentence, when there is nobody or it is not clear who
 */
export const actingAs = (db: Db, partnership: string, role: Role, email: string | undefined): Promise<StaffViewer> =>
  asViewer(db, { kind: 'system', partnership }, async (tx) => {
    let accounts = tx
      .selectFrom('account')
      .select(['id', 'name', 'agency_id'])
      .where('partnership_id', '=', partnership)
    if (email !== undefined) accounts = accounts.where('email', '=', email.toLowerCase())
    const found = await accounts.execute()
    const standing = await standingOf(
      tx,
      found.map(({ id }) => id),
      new Date(),
    )
    const may = found.filter(({ id }) => standing.get(id)?.isOpen && standing.get(id)?.roles.includes(role))
    const [one] = may
    if (one === undefined)
      throw new Error(
        email === undefined
          ? `Nobody in this partnership has the role “${role}”.`
          : `Nobody with the email ${email} has the role “${role}” in this partnership.`,
      )
    if (may.length > 1) throw new Error(`Several people have the role “${role}”: say for whom, with --as EMAIL.`)
    const { roles } = standing.get(one.id)!
    return { kind: 'staff', partnership, staff: one.id, agency: one.agency_id, name: one.name, roles, frontDoor: false }
  })
