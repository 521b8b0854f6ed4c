import { asProduct, hasRole, inTransaction, newId, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'

/** What a mass view is: more than so many different people in so many minutes by one worker. */
export type MassRule = {
  /** How often it was changed; 0 is the one that ships. */
  number: number
  people: number
  minutes: number
  /** Whether those who were only shown in a search count as well. */
  searches: boolean
}

/** A worker with a full list opens some ten people in an hour; twice that is worth a question. */
const shipped: MassRule = { number: 0, people: 20, minutes: 60, searches: false }

export const massRule = (tx: Tx, partnership: string): Promise<MassRule> =>
  asProduct(tx, async () => {
    const row = await tx
      .selectFrom('alert_rule')
      .select(['number', 'people', 'minutes', 'searches'])
      .where('partnership_id', '=', partnership)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ?? shipped
  })

/**
 * The one rule for all looks from now on.
 * @param was the number of the rule that the viewer had before their eyes
 * @returns 'changed before' where somebody else was faster
 * @throws {NotFound} for anybody but the guardian and administrators
 */
export const changeMassRule = (
  tx: Tx,
  viewer: Viewer,
  { was, at, ...rule }: { was: number; people: number; minutes: number; searches: boolean; at: Date },
): Promise<'changed' | 'changed before'> =>
  inTransaction(tx, async (inner) => {
    if (!hasRole(viewer, 'guardian', 'administrator')) throw new NotFound()
    const { partnership, staff } = viewer
    const id = newId()
    const made = await asProduct(inner, async () => {
      if ((await massRule(inner, partnership)).number !== was) return undefined
      return inner
        .insertInto('alert_rule')
        .values({ partnership_id: partnership, id, number: was + 1, ...rule, changed_by: staff, changed_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst()
    })
    if (!made) return 'changed before'
    await record(inner, viewer, 'mass-view rule changed', { kind: 'alert rule', id }, rule)
    return 'changed'
  })
