import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  isId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { reopen } from './close.ts'
import type { PartIn } from './context.ts'
import { bareRow, sealedRow } from './rows.ts'

/**
 * Says that a concern is about this context; a closed one is open again with it. Whoever calls sees the concern.
 * @returns whether it was opened again
 */
export const linkConcern = (
  tx: Tx,
  viewer: StaffViewer,
  { subject, concern }: { subject: string; concern: string },
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const made = await inner
        .insertInto('context_concern')
        .values({ ...bareRow(viewer, subject), concern_id: concern, linked_by: viewer.staff, linked_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows !== 1n) return false
      await record(inner, viewer, 'context concern linked', { kind: 'person', id: subject }, { concern })
      return reopen(inner, viewer, subject, { concern }, at)
    }),
  )

/** Takes it back: the row stays, and nothing that followed from it is undone. @throws {NotFound} */
export const unlinkConcern = (
  tx: Tx,
  viewer: StaffViewer,
  { subject, link }: { subject: string; link: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!isId(link)) throw new NotFound()
      const undone = await sql`update context_concern set undone_at = ${at}, undone_by = ${viewer.staff}
        where partnership_id = ${viewer.partnership} and subject_id = ${subject} and id = ${link} and undone_at is null`.execute(
        inner,
      )
      if (!undone.numAffectedRows) throw new NotFound()
      await record(inner, viewer, 'context concern unlinked', { kind: 'person', id: subject }, { link })
    }),
  )

export type PersonSaid = { person: string; part: PartIn; why: string; until_on: string }

/** Ties somebody to a context, with the reason and until a day. Whoever calls may open both records. */
export const linkPerson = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { person, part, why, until_on }: PersonSaid,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const row = await sealedRow(inner, keys, viewer, subject, { table: 'context_person', said: { why } })
      await inner
        .insertInto('context_person')
        .values({ ...row, person_id: person, part, until_on, linked_by: viewer.staff, linked_at: at })
        .execute()
      // In both logs: whoever asks who has looked finds it with either.
      await record(inner, viewer, 'context person linked', { kind: 'person', id: subject }, { person, until: until_on })
      await record(inner, viewer, 'person linked to context', { kind: 'person', id: person }, { context: subject })
    }),
  )

/** @throws {NotFound} */
export const unlinkPerson = (
  tx: Tx,
  viewer: StaffViewer,
  { subject, tie }: { subject: string; tie: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (!isId(tie)) throw new NotFound()
      const ended = await sql`update context_person set ended_at = ${at}, ended_by = ${viewer.staff}
        where partnership_id = ${viewer.partnership} and subject_id = ${subject} and id = ${tie} and ended_at is null`.execute(
        inner,
      )
      if (!ended.numAffectedRows) throw new NotFound()
      await record(inner, viewer, 'context person unlinked', { kind: 'person', id: subject }, { tie })
    }),
  )
