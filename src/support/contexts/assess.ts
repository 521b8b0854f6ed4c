import { sql } from 'kysely'
import { asProduct, inTransaction, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Question } from './context.ts'
import { sealedRow } from './rows.ts'

export type Assessing = { words: Record<Question, string>; review_on: string }

/** Keeps what is known of a context, whole. The earlier ones stay. */
export const assess = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { words, review_on }: Assessing,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      // One after the other: the record is held while it is asked what stands.
      await sql`select from subject where partnership_id = ${viewer.partnership} and id = ${subject} for update`.execute(
        inner,
      )
      const { rows } = await sql<{ id: string; assessed_at: Date }>`select id, assessed_at from context_assessment
        where partnership_id = ${viewer.partnership} and subject_id = ${subject}
        order by assessed_at desc, id desc limit 1`.execute(inner)
      const row = await sealedRow(inner, keys, viewer, subject, { table: 'context_assessment', said: words })
      await inner
        .insertInto('context_assessment')
        .values({
          ...row,
          review_on,
          begun_from: rows[0]?.id ?? null,
          assessed_by: viewer.staff,
          assessed_at: after(rows[0]?.assessed_at, at),
        })
        .execute()
      await record(inner, viewer, 'context assessed', { kind: 'person', id: subject }, { review: review_on })
    }),
  )

/** What is written later stands later, also within one tick of the clock. */
const after = (last: Date | undefined, at: Date): Date =>
  last ? new Date(Math.max(at.getTime(), last.getTime() + 1)) : at
