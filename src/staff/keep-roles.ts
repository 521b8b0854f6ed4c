import { inTransaction, record, roles, type Role, type Tx, type Viewer } from '../platform/index.ts'
import { about, accountToKeep, isLastAdministrator } from './account.ts'
import { grantRole } from './add-account.ts'

/**
 * Gives somebody exactly these roles: what is new is granted, what is left out is ended. Nobody takes their own
 * administrator's role away, and nobody takes away the last one.
 */
export const keepRoles = (
  tx: Tx,
  viewer: Viewer,
  input: { account: string; roles: readonly Role[]; at: Date },
): Promise<'kept' | 'own administrator role' | 'last administrator'> =>
  inTransaction(tx, async (inner) => {
    const account = await accountToKeep(inner, viewer, input.account)
    const standing = await inner
      .selectFrom('role_grant')
      .select(['id', 'role'])
      .where('partnership_id', '=', viewer.partnership)
      .where('account_id', '=', account.id)
      .where('ended_at', 'is', null)
      .execute()
    const ending = standing.filter(({ role }) => !input.roles.includes(role as Role))
    if (ending.some(({ role }) => role === 'administrator')) {
      if (viewer.kind === 'staff' && viewer.staff === account.id) return 'own administrator role'
      if (await isLastAdministrator(inner, viewer.partnership, { account: account.id }, input.at))
        return 'last administrator'
    }
    for (const { id, role } of ending) {
      const ended_by = viewer.kind === 'staff' ? viewer.staff : null
      await inner
        .updateTable('role_grant')
        .set({ ended_at: input.at, ended_by })
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', id)
        .execute()
      await record(inner, viewer, 'role ended', about(account.id), { role })
    }
    for (const role of roles.filter(
      (one) => input.roles.includes(one) && !standing.some((grant) => grant.role === one),
    ))
      await grantRole(inner, viewer, account.id, role, input.at)
    return 'kept'
  })
