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
