import { sql } from 'kysely'
import type { Tx } from './db.ts'

/**
 * Does something as the product itself in the caller's transaction, and is the caller again afterwards. Sign-in needs
 * it because nobody is known yet, and secrets because row-level security shows them to nobody else.
 */
export const asProduct = async <T>(tx: Tx, work: () => Promise<T>): Promise<T> => {
  const asked = await sql<{ kind: string }>`select current_setting('trellis.viewer', true) as kind`.execute(tx)
  const become = (kind: string) => sql`select set_config('trellis.viewer', ${kind}, true)`.execute(tx)
  const before = asked.rows[0]?.kind ?? ''
  await become('system')
  try {
    const outcome = await work()
    await become(before)
    return outcome
  } catch (error) {
    // A statement that failed has ended the transaction, and the setting with it.
    await become(before).catch(() => {})
    throw error
  }
}
