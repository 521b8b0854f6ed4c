import { asProduct, dataKeyOf, inTransaction, newId, NotFound, record, sealText } from '../platform/index.ts'
import type { Keys, StaffViewer, Tx } from '../platform/index.ts'

/** Keeps a record whatever the rules say, until it is lifted. Why is sealed with the subject's own key. */
export const placeHold = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, why, at }: { subject: string; why: string; at: Date },
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject })
      await inner
        .insertInto('legal_hold')
        .values({
          partnership_id: viewer.partnership,
          id,
          subject_id: subject,
          agency_id: viewer.agency,
          why_sealed: sealText(key, { table: 'legal_hold', column: 'why', row: id }, why),
          key_id: key.id,
          placed_by: viewer.staff,
          from_at: at,
        })
        .execute()
      await record(inner, viewer, 'legal hold placed', { kind: 'person', id: subject }, { hold: id })
      return id
    }),
  )

/** Lets the rules count again. Only the agency that placed it lifts it. @throws {NotFound} */
export const liftHold = (tx: Tx, viewer: StaffViewer, hold: string, at: Date): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const lifted = await inner
        .updateTable('legal_hold')
        .set({ lifted_at: at, lifted_by: viewer.staff })
        .where('partnership_id', '=', viewer.partnership)
        .where('agency_id', '=', viewer.agency)
        .where('id', '=', hold)
        .where('lifted_at', 'is', null)
        .returning('subject_id')
        .executeTakeFirst()
      if (!lifted) throw new NotFound()
      await record(inner, viewer, 'legal hold lifted', { kind: 'person', id: lifted.subject_id }, { hold })
    }),
  )

export type Hold = { id: string; reference: string; name: string | null; from_at: Date }
/** Holds of the viewer's agency that stand, by reference. */
export const holdsOf = (tx: Tx, viewer: StaffViewer): Promise<Hold[]> =>
  asProduct(tx, () =>
    tx
      .selectFrom('legal_hold as h')
      .innerJoin('subject as s', (join) =>
        join.onRef('s.partnership_id', '=', 'h.partnership_id').onRef('s.id', '=', 'h.subject_id'),
      )
      .leftJoin('account as a', (join) =>
        join.onRef('a.partnership_id', '=', 'h.partnership_id').onRef('a.id', '=', 'h.placed_by'),
      )
      .select(['h.id', 's.reference', 'a.name', 'h.from_at'])
      .where('h.partnership_id', '=', viewer.partnership)
      .where('h.agency_id', '=', viewer.agency)
      .where('h.lifted_at', 'is', null)
      .orderBy('h.from_at', 'desc')
      .execute(),
  )
