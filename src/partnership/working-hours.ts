import { inTransaction, record, type Tx, type Viewer } from '../platform/index.ts'

const about = (viewer: Viewer) => ({ kind: 'partnership', id: viewer.partnership })

/** Sets the hours that count as working time. Both as HH:MM. */
export const changeHours = (
  tx: Tx,
  viewer: Viewer,
  { opens, closes }: { opens: string; closes: string },
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    await inner
      .updateTable('partnership')
      .set({ opens_at: opens, closes_at: closes })
      .where('id', '=', viewer.partnership)
      .execute()
    await record(inner, viewer, 'working hours changed', about(viewer), { opens, closes })
  })

/** Adds a day on which nobody works. */
export const addHoliday = (
  tx: Tx,
  viewer: Viewer,
  { date, name }: { date: string; name: string },
): Promise<'added' | 'there already'> =>
  inTransaction(tx, async (inner) => {
    const { numInsertedOrUpdatedRows } = await inner
      .insertInto('holiday')
      .values({ partnership_id: viewer.partnership, date, name })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (!numInsertedOrUpdatedRows) return 'there already'
    await record(inner, viewer, 'holiday added', about(viewer), { date })
    return 'added'
  })

export const removeHoliday = (tx: Tx, viewer: Viewer, date: string): Promise<void> =>
  inTransaction(tx, async (inner) => {
    await inner
      .deleteFrom('holiday')
      .where('partnership_id', '=', viewer.partnership)
      .where('date', '=', date)
      .execute()
    await record(inner, viewer, 'holiday removed', about(viewer), { date })
  })
