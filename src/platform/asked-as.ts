import type { Tx } from './db.ts'
import { speakAsProduct, speakStating } from './speaker.ts'
import { together, type Question } from './together.ts'
import type { Stated } from './viewer.ts'

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

/**
 * Asks something of one subject as the member of staff who asks here, with what they have stated of that subject. It holds
 * for what `work` asks and for nothing beside it.
 * @throws {Error} for whoever is not a member of staff, and within what is asked as the product
 */
export const asStating = <T>(tx: Tx, stated: Stated, work: () => Promise<T>): Promise<T> =>
  speakStating(tx, stated, work)
