import { sql } from 'kysely'
import { inTransaction, isId, newId, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import type { House } from '../web/index.ts'
import { isLastAdministrator, mayKeepAccounts } from './account.ts'
import { sealWhy } from './seal-plain.ts'

export type AgencySuspended = 'suspended' | 'already suspended' | 'your own' | 'last administrator'

/**
 * Closes an agency at once, with the reason: whoever works there is signed out and cannot sign in, and its systems' keys
 * open nothing. What its people sent and wrote stays.
 */
export const suspendAgency = (
  tx: Tx,
  house: House,
  viewer: Viewer,
  input: { agency: string; why: string },
): Promise<AgencySuspended> =>
  inTransaction(tx, async (inner) => {
    const id = await agencyToKeep(inner, viewer, input.agency)
    const at = house.now()
    if (viewer.kind === 'staff' && viewer.agency === id) return 'your own'
    if (await isLastAdministrator(inner, viewer.partnership, { agency: id }, at)) return 'last administrator'
    const by = viewer.kind === 'staff' ? viewer.staff : null
    const suspension = newId()
    const made = await inner
      .insertInto('agency_suspension')
      .values({
        partnership_id: viewer.partnership,
        id: suspension,
        agency_id: id,
        ...(await sealWhy(
          inner,
          house.keys,
          viewer.partnership,
          { table: 'agency_suspension', id: suspension },
          input.why,
        )),
        suspended_by: by,
        suspended_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows === 0n) return 'already suspended'
    await sql`update session s set ended_at = ${at}, ended_why = 'agency suspended' from account a
      where a.partnership_id = s.partnership_id and a.id = s.account_id and a.agency_id = ${id}
        and s.partnership_id = ${viewer.partnership} and s.ended_at is null`.execute(inner)
    await record(inner, viewer, 'agency suspended', { kind: 'agency', id })
    return 'suspended'
  })

/** Opens a suspended agency again. Sessions that were ended stay ended; keys work again. */
export const liftAgency = (tx: Tx, house: House, viewer: Viewer, agency: string): Promise<'lifted' | 'not suspended'> =>
  inTransaction(tx, async (inner) => {
    const id = await agencyToKeep(inner, viewer, agency)
    const lifted = await inner
      .updateTable('agency_suspension')
      .set({ lifted_at: house.now(), lifted_by: viewer.kind === 'staff' ? viewer.staff : null })
      .where('partnership_id', '=', viewer.partnership)
      .where('agency_id', '=', id)
      .where('lifted_at', 'is', null)
      .executeTakeFirst()
    if (lifted.numUpdatedRows === 0n) return 'not suspended'
    await record(inner, viewer, 'agency suspension lifted', { kind: 'agency', id })
    return 'lifted'
  })

const agencyToKeep = async (tx: Tx, viewer: Viewer, id: string): Promise<string> => {
  if (!mayKeepAccounts(viewer) || !isId(id)) throw new NotFound()
  const agency = await tx
    .selectFrom('agency')
    .select('id')
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!agency) throw new NotFound()
  return agency.id
}
