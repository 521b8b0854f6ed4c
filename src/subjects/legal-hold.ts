import { sql } from 'kysely'
import {
  AlreadyDone,
  asProduct,
  dataKeyOf,
  dataKeys,
  inTransaction,
  isId,
  newId,
  NotFound,
  openText,
  record,
  sealText,
} from '../platform/index.ts'
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

/** Lets the rules count again, with the reason. Only the agency that placed it lifts it. @throws {NotFound} */
export const liftHold = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  hold: string,
  { why, at }: { why: string; at: Date },
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { subject_id } = await holdAt(inner, viewer, hold)
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: subject_id })
      const lifted = await inner
        .updateTable('legal_hold')
        .set({
          lifted_at: at,
          lifted_by: viewer.staff,
          lifted_why_sealed: sealText(key, { table: 'legal_hold', column: 'lifted why', row: hold }, why),
        })
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', hold)
        .where('lifted_at', 'is', null)
        .executeTakeFirst()
      if (lifted.numUpdatedRows === 0n) throw new AlreadyDone()
      await record(inner, viewer, 'legal hold lifted', { kind: 'person', id: subject_id }, { hold })
    }),
  )

/** Nothing of a hold is for somebody who is too close: neither why, nor lifting it. */
const notTooClose = (viewer: StaffViewer) => sql<boolean>`not exists (select from conflict c
  where c.partnership_id = h.partnership_id and c.subject_id = h.subject_id and c.staff_id = ${viewer.staff}
    and c.lifted_at is null)`

/** A hold of the viewer's agency that stands. @throws {NotFound} also for whoever is too close to the person */
export const holdAt = (
  tx: Tx,
  viewer: StaffViewer,
  hold: string,
): Promise<{ subject_id: string; reference: string; why_sealed: Buffer; key_id: string }> =>
  asProduct(tx, async () => {
    const found = isId(hold)
      ? await tx
          .selectFrom('legal_hold as h')
          .innerJoin('subject as s', (join) =>
            join.onRef('s.partnership_id', '=', 'h.partnership_id').onRef('s.id', '=', 'h.subject_id'),
          )
          .select(['h.subject_id', 's.reference', 'h.why_sealed', 'h.key_id'])
          .where('h.partnership_id', '=', viewer.partnership)
          .where('h.agency_id', '=', viewer.agency)
          .where('h.id', '=', hold)
          .where('h.lifted_at', 'is', null)
          .where(notTooClose(viewer))
          .executeTakeFirst()
      : undefined
    if (!found) throw new NotFound()
    return found
  })

/** Why it was placed, for the agency that placed it. @throws {NotFound} */
export const whyHeld = async (tx: Tx, keys: Keys, viewer: StaffViewer, hold: string): Promise<string> => {
  const { why_sealed, key_id } = await holdAt(tx, viewer, hold)
  const key = (await asProduct(tx, () => dataKeys(tx, keys, viewer.partnership, [key_id]))).get(key_id)
  if (!key) throw new NotFound()
  return openText(key, { table: 'legal_hold', column: 'why', row: hold }, why_sealed)
}

export type HoldOn = { id: string; agency_id: string; agency: string; from_at: Date }
/** Holds that stand on one record, whoever placed them; without the reasons. */
export const holdsOn = (tx: Tx, partnership: string, subject: string): Promise<HoldOn[]> =>
  asProduct(tx, () =>
    tx
      .selectFrom('legal_hold as h')
      .innerJoin('agency as g', (join) =>
        join.onRef('g.partnership_id', '=', 'h.partnership_id').onRef('g.id', '=', 'h.agency_id'),
      )
      .select(['h.id', 'h.agency_id', 'g.name as agency', 'h.from_at'])
      .where('h.partnership_id', '=', partnership)
      .where('h.subject_id', '=', subject)
      .where('h.lifted_at', 'is', null)
      .orderBy('h.from_at')
      .execute(),
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
      .where(notTooClose(viewer))
      .orderBy('h.from_at', 'desc')
      .execute(),
  )

export type HoldLifted = { id: string; name: string | null; lifted_at: Date; why: string; lifted_why: string }
/** Holds of the viewer's agency on one record that were lifted, with why they were placed and why lifted, the newest first. */
export const holdsLifted = (tx: Tx, keys: Keys, viewer: StaffViewer, subject: string): Promise<HoldLifted[]> =>
  asProduct(tx, async () => {
    type Row = Omit<HoldLifted, 'why' | 'lifted_why'> & {
      why_sealed: Buffer
      lifted_why_sealed: Buffer
      key_id: string
    }
    const { rows } = await sql<Row>`
      select h.id, a.name, h.lifted_at, h.why_sealed, h.lifted_why_sealed, h.key_id
      from legal_hold h left join account a on a.partnership_id = h.partnership_id and a.id = h.lifted_by
      where h.partnership_id = ${viewer.partnership} and h.agency_id = ${viewer.agency} and h.subject_id = ${subject}
        and h.lifted_why_sealed is not null and ${notTooClose(viewer)}
      order by h.lifted_at desc, h.id limit 50`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.map(({ key_id }) => key_id),
    )
    return rows.flatMap(({ why_sealed, lifted_why_sealed, key_id, ...row }) => {
      const key = opened.get(key_id)
      if (!key) return []
      const open = (column: 'why' | 'lifted why', sealed: Buffer): string =>
        openText(key, { table: 'legal_hold', column, row: row.id }, sealed)
      return [{ ...row, why: open('why', why_sealed), lifted_why: open('lifted why', lifted_why_sealed) }]
    })
  })
