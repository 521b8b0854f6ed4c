import { asProduct, inTransaction, newId, type Tx, type Viewer } from '../platform/index.ts'
import type { House } from '../web/index.ts'
import { accountToKeep } from './account.ts'
import { makeInvitation, type Invitation } from './invitation.ts'
import { forgetRecoveryCodes } from './recovery-code.ts'
import { sealWhy } from './seal-plain.ts'
import { endSessions } from './session.ts'

/**
 * For somebody who lost their second factor. The password goes with it: otherwise whoever knows that could put a factor
 * of their own in its place. The person comes back through a new invitation.
 */
export const resetFactors = (
  tx: Tx,
  house: House,
  viewer: Viewer,
  input: { account: string; why: string },
): Promise<Invitation | 'yourself'> =>
  inTransaction(tx, async (inner) => {
    const account = await accountToKeep(inner, viewer, input.account)
    const by = viewer.kind === 'staff' ? viewer.staff : null
    if (by === account.id) return 'yourself'
    const at = house.now()
    const reset = newId()
    await inner
      .insertInto('factor_reset')
      .values({
        partnership_id: viewer.partnership,
        id: reset,
        account_id: account.id,
        ...(await sealWhy(inner, house.keys, viewer.partnership, { table: 'factor_reset', id: reset }, input.why)),
        reset_by: by,
        reset_at: at,
      })
      .execute()
    await asProduct(inner, async () => {
      for (const table of ['totp', 'passkey', 'password'] as const)
        await inner
          .deleteFrom(table)
          .where('partnership_id', '=', viewer.partnership)
          .where('account_id', '=', account.id)
          .execute()
      await forgetRecoveryCodes(inner, account)
      await endSessions(inner, house.keys, viewer.partnership, account.id, 'second factor reset', at)
    })
    return makeInvitation(inner, house, viewer, account.id, 'second factor reset')
  })
