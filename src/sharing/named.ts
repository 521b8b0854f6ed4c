import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  inTransaction,
  NotFound,
  record,
  sealText,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'

export type SealedRow = { row: string; subject: string }
type Because = { keys: Keys; why: string; at: Date }

/** Names the people who may open a sealed row. Nobody else ever sees it, and break-glass does not open it. */
export const nameFor = (
  tx: Tx,
  viewer: StaffViewer,
  sealed: SealedRow,
  staff: readonly string[],
  at: Date,
): Promise<void> =>
  asProduct(tx, async () => {
    await tx
      .insertInto('named_person')
      .values(
        [...new Set(staff)].map((staff_id) => ({
          partnership_id: viewer.partnership,
          row_id: sealed.row,
          subject_id: sealed.subject,
          agency_id: viewer.agency,
          staff_id,
          named_at: at,
          named_by: viewer.staff,
        })),
      )
      .execute()
  })

/** Who is named for these rows now: by the row's id, whoever was named first in front. The caller is named for them. */
export const namedFor = async (
  tx: Tx,
  partnership: string,
  rows: readonly string[],
): Promise<Map<string, string[]>> => {
  const named = new Map<string, string[]>()
  if (rows.length === 0) return named
  const found = await asProduct(tx, () =>
    tx
      .selectFrom('named_person')
      .select(['row_id', 'staff_id'])
      .where('partnership_id', '=', partnership)
      .where('row_id', 'in', rows)
      .where('ended_at', 'is', null)
      .orderBy('named_at')
      .orderBy('staff_id')
      .execute(),
  )
  for (const { row_id, staff_id } of found) named.set(row_id, [...(named.get(row_id) ?? []), staff_id])
  return named
}

/** Names one more for a sealed row. Only whoever is named may. @throws {NotFound} for everybody else */
export const addName = (
  db: Db | Tx,
  viewer: StaffViewer,
  sealed: SealedRow,
  staff: string,
  because: Because,
): Promise<'named' | 'already'> =>
  inTransaction(db, async (tx) => {
    const now = await held(tx, viewer, sealed)
    if (!now.includes(viewer.staff)) throw new NotFound()
    if (now.includes(staff)) return 'already'
    await write(tx, viewer, sealed, staff, because)
    return 'named'
  })

/**
 * Names somebody for a sealed row whose named people can all not sign in any more, so that it is not lost. Whoever calls
 * has asked that nobody of them can, and that the viewer may.
 */
export const nameStranded = (
  db: Db | Tx,
  viewer: StaffViewer,
  sealed: SealedRow,
  staff: string,
  because: Because,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await held(tx, viewer, sealed)
    await write(tx, viewer, sealed, staff, because)
  })

/** Takes a name away, one's own too, but never the last. Only whoever is named may. @throws {NotFound} */
export const removeName = (
  db: Db | Tx,
  viewer: StaffViewer,
  sealed: SealedRow,
  staff: string,
  { keys, why, at }: Because,
): Promise<'removed' | 'last'> =>
  inTransaction(db, async (tx) => {
    const now = await held(tx, viewer, sealed)
    if (!now.includes(viewer.staff) || !now.includes(staff)) throw new NotFound()
    if (now.length === 1) return 'last'
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: sealed.subject })
    const why_ended_sealed = sealText(
      key,
      { table: 'named_person', column: 'why_ended', row: rowOf(sealed, staff) },
      why,
    )
    await asProduct(tx, () =>
      tx
        .updateTable('named_person')
        .set({ ended_at: at, ended_by: viewer.staff, why_ended_sealed, key_id: key.id })
        .where('partnership_id', '=', viewer.partnership)
        .where('row_id', '=', sealed.row)
        .where('staff_id', '=', staff)
        .execute(),
    )
    await keepEvent(tx, viewer, 'name taken from a sealed entry', sealed, staff)
    return 'removed'
  })

const rowOf = (sealed: SealedRow, staff: string): string => `${sealed.row} ${staff}`

/** Who is named now, held until the transaction ends: two who take each other's names away at once take turns. */
const held = async (tx: Tx, viewer: StaffViewer, sealed: SealedRow): Promise<string[]> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`named ${sealed.row}`}, 0))`.execute(tx)
  return (await namedFor(tx, viewer.partnership, [sealed.row])).get(sealed.row) ?? []
}

const write = async (
  tx: Tx,
  viewer: StaffViewer,
  sealed: SealedRow,
  staff: string,
  { keys, why, at }: Because,
): Promise<void> => {
  const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: sealed.subject })
  const named = {
    named_at: at,
    named_by: viewer.staff,
    why_sealed: sealText(key, { table: 'named_person', column: 'why', row: rowOf(sealed, staff) }, why),
    key_id: key.id,
  }
  await asProduct(tx, () =>
    tx
      .insertInto('named_person')
      .values({
        partnership_id: viewer.partnership,
        row_id: sealed.row,
        subject_id: sealed.subject,
        agency_id: viewer.agency,
        staff_id: staff,
        ...named,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['partnership_id', 'row_id', 'staff_id'])
          .doUpdateSet({ ...named, ended_at: null, ended_by: null, why_ended_sealed: null }),
      )
      .execute(),
  )
  await keepEvent(tx, viewer, 'name added to a sealed entry', sealed, staff)
}

/** Its handling keeps it out of who has looked: what touches a sealed matter stays with those named for it. */
const keepEvent = async (
  tx: Tx,
  viewer: StaffViewer,
  kind: string,
  sealed: SealedRow,
  staff: string,
): Promise<void> => {
  await record(tx, viewer, kind, { kind: 'person', id: sealed.subject }, { row: sealed.row, named: staff, handling: 2 })
}
