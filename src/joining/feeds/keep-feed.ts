import { asProduct, hasRole, newId, NotFound, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { accountsOfAgency } from '../../staff/index.ts'
import { tellInvolved } from './involved.ts'

export type FeedSaid = {
  name: string
  sends: 'whole' | 'changes'
  contact: string
  by_system: boolean
  /** Who may send it beside the managers: people of the agency. */
  senders: readonly string[]
}

/** Opens a feed of a manager's own agency, or changes one. @throws {NotFound} for anybody else */
export const keepFeed = async (
  tx: Tx,
  worker: StaffViewer,
  feed: string | undefined,
  said: FeedSaid,
  at: Date,
): Promise<string> => {
  if (!hasRole(worker, 'manager')) throw new NotFound()
  const { partnership, agency } = worker
  const colleagues = new Set((await accountsOfAgency(tx, agency)).map(({ id }) => id))
  const id = feed ?? newId()
  const { name, sends, contact, by_system } = said
  return asProduct(tx, async () => {
    if (feed) {
      const changed = await tx
        .updateTable('feed')
        .set({ name, sends, contact, by_system })
        .where('partnership_id', '=', partnership)
        .where('id', '=', feed)
        .where('agency_id', '=', agency)
        .executeTakeFirst()
      if (changed.numUpdatedRows !== 1n) throw new NotFound()
      await tx.deleteFrom('feed_sender').where('partnership_id', '=', partnership).where('feed_id', '=', feed).execute()
    } else
      await tx
        .insertInto('feed')
        .values({
          partnership_id: partnership,
          id,
          agency_id: agency,
          name,
          sends,
          contact,
          by_system,
          made_by: worker.staff,
          made_at: at,
        })
        .execute()
    const senders = said.senders.filter((one) => colleagues.has(one))
    if (senders.length)
      await tx
        .insertInto('feed_sender')
        .values(senders.map((staff_id) => ({ partnership_id: partnership, feed_id: id, staff_id, agency_id: agency })))
        .execute()
    await record(tx, worker, feed ? 'feed changed' : 'feed opened', { kind: 'feed', id }, { sends, by_system })
    if (feed) await tellNewContact(tx, worker, at)
    return id
  })
}

/** Whoever asks from now on who else is involved is given the new contact. */
const tellNewContact = async (tx: Tx, worker: StaffViewer, at: Date): Promise<void> => {
  const rows = await tx
    .selectFrom('involvement')
    .select('subject_id')
    .distinct()
    .where('partnership_id', '=', worker.partnership)
    .where('agency_id', '=', worker.agency)
    .where('role', '=', 'feed')
    .where('to_at', 'is', null)
    .execute()
  await tellInvolved(
    tx,
    worker,
    rows.map(({ subject_id }) => subject_id),
    at,
  )
}
