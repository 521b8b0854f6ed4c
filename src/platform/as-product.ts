import { sql } from 'kysely'
import type { Tx } from './db.ts'
import { tell, together, type Question } from './together.ts'

/**
 * Does something as the product itself in the caller's transaction, and is the caller again afterwards. Sign-in needs
 * it because nobody is known yet, and secrets because row-level security shows them to nobody else.
 */
export const asProduct = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  // Read before it is changed: PostgreSQL does not promise an order within one list of columns.
  const asked = await sql<{ kind: string | null }>`
    with before as materialized (select current_setting('trellis.viewer', true) as kind)
    select kind, set_config('trellis.viewer', 'system', true) from before`.execute(tx)
  try {
    return await work()
  } finally {
    // After a statement that failed nothing is heard any more: the transaction has ended, and the setting with it.
    await tell(tx, sql`select set_config('trellis.viewer', ${asked.rows[0]?.kind ?? ''}, true)`)
  }
}

/** One question asked as the product, in one round trip with becoming it and ceasing to be it. @returns its rows */
export const askedAsProduct = async <Row>(tx: Tx, question: Question<Row>): Promise<Row[]> => {
  const [, rows] = await together(tx, ...questionAsProduct(question))
  return rows
}

/** The same as three questions among others that are asked together: the second is the one that was given. */
export const questionAsProduct = <Row>(question: Question<Row>) =>
  [
    sql`with before as materialized (
        select set_config('trellis.before', current_setting('trellis.viewer', true), true))
      select set_config('trellis.viewer', 'system', true) from before`,
    question,
    sql`select set_config('trellis.viewer', current_setting('trellis.before'), true)`,
  ] as const
