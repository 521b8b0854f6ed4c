import { sql } from 'kysely'
import { asProduct, hasRole, inTransaction, isId, newId, NotFound, record } from '../platform/index.ts'
import type { StaffViewer, Tx } from '../platform/index.ts'

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
      if (begun) await record(inner, viewer, 'conflict declared', { kind: 'person', id: subject }, { as: kind })
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
        and lifted_at is null
      order by declared_at desc, id`.execute(tx)
    return rows
  })
}

/** Opens a record again to somebody who was too close. @throws {NotFound} for the manager's own, or another agency's */
export const liftConflict = (
  tx: Tx,
  viewer: StaffViewer,
  { conflict, why, at }: { conflict: string; why: string; at: Date },
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (!hasRole(viewer, 'manager') || !isId(conflict)) throw new NotFound()
    await asProduct(inner, async () => {
      const lifted = await inner
        .updateTable('conflict')
        .set({ lifted_at: at, lifted_by: viewer.staff, lifted_why: why })
        .where('partnership_id', '=', viewer.partnership)
        .where('agency_id', '=', viewer.agency)
        .where('id', '=', conflict)
        .where('staff_id', '<>', viewer.staff)
        .where('lifted_at', 'is', null)
        .returning('subject_id')
        .executeTakeFirst()
      if (!lifted) throw new NotFound()
      await record(inner, viewer, 'conflict lifted', { kind: 'person', id: lifted.subject_id }, { conflict })
    })
  })
