import { sql } from 'kysely'
import type { Tx } from './db.ts'
import type { Viewer } from './viewer.ts'
import { toldAs } from './told-as.ts'
import { tell, together, type Question } from './together.ts'

/**
 * Does something as the product itself in the caller's transaction, and is the caller again afterwards. Sign-in needs
 * it because nobody is known yet, and secrets because row-level security shows them to nobody else. Within itself it
 * says nothing anew, and neither becoming the product nor ceasing to be it is waited for.
 */
export const asProduct = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  const before = toldAs.get(tx) ?? (await askedKind(tx))
  if (before === 'system') return work()
  toldAs.set(tx, 'system')
  await tell(tx, runningAs('system'))
  try {
    return await work()
  } finally {
    // After a statement that failed nothing is heard any more: the transaction has ended, and the setting with it.
    toldAs.set(tx, before)
    await tell(tx, runningAs(before))
  }
}

const runningAs = (kind: string) => sql`select set_config('trellis.viewer', ${kind}, true)`

/** Of a transaction that was never told through `become`. */
const askedKind = async (tx: Tx): Promise<Viewer['kind']> => {
  const { rows } = await sql<{ kind: Viewer['kind'] | null }>`
    select current_setting('trellis.viewer', true) as kind`.execute(tx)
  return rows[0]?.kind ?? ('' as Viewer['kind'])
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
