import { enqueue, inTransaction, newId, record, type Tx, type Viewer } from '../platform/index.ts'
import type { House } from '../web/index.ts'
import { about, accountToKeep, isLastAdministrator } from './account.ts'
import { sealWhy } from './seal-plain.ts'
import { endSessions } from './session.ts'

export type Suspended = 'suspended' | 'already suspended' | 'yourself' | 'last administrator'

/** Closes an account, with the reason. Its sessions end in the same moment: the very next page is refused. */
export const suspend = (
  tx: Tx,
  house: House,
  viewer: Viewer,
  input: { account: string; why: string },
): Promise<Suspended> =>
  inTransaction(tx, async (inner) => {
    const { id } = await accountToKeep(inner, viewer, input.account)
    const by = viewer.kind === 'staff' ? viewer.staff : null
    if (by === id) return 'yourself'
    const at = house.now()
    if (await isLastAdministrator(inner, viewer.partnership, { account: id }, at)) return 'last administrator'
    if (await standing(inner, viewer.partnership, id)) return 'already suspended'
    const suspension = newId()
    await inner
      .insertInto('suspension')
      .values({
        partnership_id: viewer.partnership,
        id: suspension,
        account_id: id,
        ...(await sealWhy(inner, house.keys, viewer.partnership, { table: 'suspension', id: suspension }, input.why)),
        suspended_by: by,
        suspended_at: at,
      })
      .execute()
    await endSessions(inner, house.keys, viewer.partnership, id, 'suspended', at)
    await record(inner, viewer, 'account suspended', about(id))
    // Whoever stays with the people they worked with is told.
    await enqueue(inner, viewer, 'account suspended', { account: id })
    return 'suspended'
  })

/** Opens a suspended account again. Sessions that were ended stay ended. */
export const lift = (tx: Tx, house: House, viewer: Viewer, account: string): Promise<'lifted' | 'not suspended'> =>
  inTransaction(tx, async (inner) => {
    const { id } = await accountToKeep(inner, viewer, account)
    const suspension = await standing(inner, viewer.partnership, id)
    if (!suspension) return 'not suspended'
    await inner
      .updateTable('suspension')
      .set({ lifted_at: house.now(), lifted_by: viewer.kind === 'staff' ? viewer.staff : null })
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', suspension.id)
      .execute()
    await record(inner, viewer, 'suspension lifted', about(id))
    return 'lifted'
  })

const standing = (tx: Tx, partnership: string, account: string) =>
  tx
    .selectFrom('suspension')
    .select('id')
    .where('partnership_id', '=', partnership)
    .where('account_id', '=', account)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
