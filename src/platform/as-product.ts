import { sql } from 'kysely'
import type { Tx } from './db.ts'
import { speakAsProduct } from './speaker.ts'
import { together, type Question } from './together.ts'

/**
 * Does something as the product itself in the caller's transaction. Sign-in needs it because nobody is known yet, and
 * secrets because row-level security shows them to nobody else. It holds for what `work` asks and for nothing beside it.
 */
export const asProduct = <T>(tx: Tx, work: () => Promise<T>): Promise<T> => speakAsProduct(tx, work)

/** One question asked as the product. @returns its rows */
export const askedAsProduct = async <Row>(tx: Tx, question: Question<Row>): Promise<Row[]> => {
  const [rows] = await asProduct(tx, () => together(tx, question))
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
