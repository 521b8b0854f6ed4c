import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { bareRow, sealedRow } from './rows.ts'

/** Why it may close, whether it is used more by those it is for, and what would show that it comes back. */
export type Closing = { why: string; used: string; signs: string }

/** Closes the work on a context. Only a person does: no clock and no count. @returns false where it is closed already */
export const close = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  said: Closing,
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const row = await sealedRow(inner, keys, viewer, subject, { table: 'context_closure', said })
      const made = await inner
        .insertInto('context_closure')
        .values({ ...row, closed_by: viewer.staff, closed_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows !== 1n) return false
      await record(inner, viewer, 'context closed', { kind: 'person', id: subject }, { closure: row.id })
      return true
    }),
  )

/** Opens it again: by a concern that somebody says is about it, or with a reason. @returns false where it was open */
export const reopen = (
  tx: Tx,
  viewer: StaffViewer,
  subject: string,
  cause: { concern: string } | { keys: Keys; why: string },
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { rows } = await sql<{ id: string }>`update context_closure set ended_at = ${at}
        where partnership_id = ${viewer.partnership} and subject_id = ${subject} and ended_at is null returning id`.execute(
        inner,
      )
      const closure_id = rows[0]?.id
      if (!closure_id) return false
      const isAsked = 'why' in cause
      const row = isAsked
        ? await sealedRow(inner, cause.keys, viewer, subject, {
            table: 'context_reopening',
            said: { why: cause.why },
          })
        : { ...bareRow(viewer, subject, newId()), concern_id: cause.concern }
      await inner
        .insertInto('context_reopening')
        .values({
          ...row,
          closure_id,
          cause: isAsked ? 'asked' : 'concern',
          reopened_by: viewer.staff,
          reopened_at: at,
        })
        .execute()
      const by = isAsked ? 'asked' : 'concern'
      await record(inner, viewer, 'context reopened', { kind: 'person', id: subject }, { closure: closure_id, by })
      return true
    }),
  )
