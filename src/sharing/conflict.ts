import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  dataKeys,
  hasRole,
  inTransaction,
  isId,
  newId,
  NotFound,
  openText,
  record,
  sealText,
} from '../platform/index.ts'
import type { Keys, StaffViewer, Tx } from '../platform/index.ts'

export const conflictKinds = ['self', 'relative', 'declared'] as const
export type ConflictKind = (typeof conflictKinds)[number]

/**
 * Says that somebody is the subject, a relative, or too close otherwise. From the commit on nothing of it is theirs.
 * One stands at a time: saying it again changes nothing while it does, and closes the record again once it was lifted.
 * @param of who said it of themself where another writes it down, as in a meeting; the viewer otherwise
 */
export const declareConflict = (
  tx: Tx,
  viewer: StaffViewer,
  {
    subject,
    kind,
    of = viewer,
    at,
  }: { subject: string; kind: ConflictKind; of?: { staff: string; agency: string }; at: Date },
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { numInsertedOrUpdatedRows: begun } = await inner
        .insertInto('conflict')
        .values({
          partnership_id: viewer.partnership,
          id: newId(),
          subject_id: subject,
          agency_id: of.agency,
          staff_id: of.staff,
          kind,
          declared_at: at,
          declared_by: viewer.staff,
        })
        .onConflict((standing) => standing.doNothing())
        .executeTakeFirst()
      // Whose relative somebody is stands in no event: the log outlives the person's record.
      if (begun) await record(inner, viewer, 'conflict declared', { kind: 'person', id: subject })
    }),
  )

export type StandingConflict = {
  id: string
  staff_id: string
  kind: ConflictKind
  declared_at: Date
  /** Whoever said it: themself, or a manager of theirs. */
  declared_by: string | null
}

/** The conflicts of a manager's agency that stand, without the subjects; never the manager's own. */
export const conflictsToLift = async (tx: Tx, viewer: StaffViewer): Promise<StandingConflict[]> => {
  if (!hasRole(viewer, 'manager')) return []
  return asProduct(tx, async () => {
    const { rows } = await sql<StandingConflict>`
      select id, staff_id, kind, declared_at, declared_by from conflict
      where partnership_id = ${viewer.partnership} and agency_id = ${viewer.agency} and staff_id <> ${viewer.staff}
        and lifted_at is null and kind is not null
      order by declared_at desc, id`.execute(tx)
    return rows
  })
}

export type LiftedConflict = { id: string; staff_id: string; lifted_at: Date; lifted_by: string; why: string }
const most_lifted = 50

/**
 * To whom of a manager's agency a record was opened again, by whom and why, the newest first; never the manager's own,
 * nor about somebody to whom they are too close themself. What was erased says no more why, and is left out.
 */
export const conflictsLifted = async (tx: Tx, keys: Keys, viewer: StaffViewer): Promise<LiftedConflict[]> => {
  if (!hasRole(viewer, 'manager')) return []
  return asProduct(tx, async () => {
    const { rows } = await sql<Omit<LiftedConflict, 'why'> & { lifted_why_sealed: Buffer; key_id: string | null }>`
      select c.id, c.staff_id, c.lifted_at, c.lifted_by, c.lifted_why_sealed, c.key_id from conflict c
      where c.partnership_id = ${viewer.partnership} and c.agency_id = ${viewer.agency} and c.staff_id <> ${viewer.staff}
        and c.lifted_at is not null and not exists (select from conflict mine where mine.partnership_id = c.partnership_id
          and mine.subject_id = c.subject_id and mine.staff_id = ${viewer.staff} and mine.lifted_at is null)
      order by c.lifted_at desc, c.id limit ${most_lifted}`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      viewer.partnership,
      rows.flatMap(({ key_id }) => key_id ?? []),
    )
    return rows.flatMap(({ lifted_why_sealed, key_id, ...row }) => {
      const key = opened.get(key_id ?? '')
      const place = { table: 'conflict', column: 'lifted_why', row: row.id }
      return key ? [{ ...row, why: openText(key, place, lifted_why_sealed) }] : []
    })
  })
}

/** Opens a record again to somebody who was too close; why is sealed with the person's key. @throws {NotFound} for the manager's own, or another agency's */
export const liftConflict = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { conflict, why, at }: { conflict: string; why: string; at: Date },
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (!hasRole(viewer, 'manager') || !isId(conflict)) throw new NotFound()
    await asProduct(inner, async () => {
      const standing = await inner
        .selectFrom('conflict')
        .select('subject_id')
        .where('partnership_id', '=', viewer.partnership)
        .where('agency_id', '=', viewer.agency)
        .where('id', '=', conflict)
        .where('staff_id', '<>', viewer.staff)
        .where('lifted_at', 'is', null)
        // A conflict with somebody who was erased says no more how: there is nothing to open.
        .where('kind', 'is not', null)
        .forUpdate()
        .executeTakeFirst()
      if (!standing) throw new NotFound()
      const key = await dataKeyOf(inner, keys, viewer.partnership, { kind: 'subject', id: standing.subject_id })
      const sealed = sealText(key, { table: 'conflict', column: 'lifted_why', row: conflict }, why)
      await inner
        .updateTable('conflict')
        .set({ lifted_at: at, lifted_by: viewer.staff, lifted_why_sealed: sealed, key_id: key.id })
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', conflict)
        .execute()
      await record(inner, viewer, 'conflict lifted', { kind: 'person', id: standing.subject_id }, { conflict })
    })
  })
