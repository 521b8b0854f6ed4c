import { inTransaction, newId, NotFound, record, type Span, type Tx, type Viewer } from '../platform/index.ts'

export type ClockChange = Span & { atRiskFraction: number; basis: string }

/** Sets how long a step may take from now on: a new row. What already runs keeps the one it started with. */
export const changeClock = (
  tx: Tx,
  viewer: Viewer,
  code: string,
  { amount, unit, atRiskFraction, basis }: ClockChange,
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const before = await inner
      .selectFrom('clock')
      .select(['label', 'starts_when'])
      .where('partnership_id', '=', viewer.partnership)
      .where('code', '=', code)
      .orderBy('valid_from', 'desc')
      .executeTakeFirst()
    if (!before) throw new NotFound()
    const id = newId()
    await inner
      .insertInto('clock')
      .values({
        partnership_id: viewer.partnership,
        id,
        code,
        label: before.label,
        starts_when: before.starts_when,
        amount,
        unit,
        basis,
        at_risk_fraction: atRiskFraction,
        valid_from: at,
      })
      .execute()
    await record(inner, viewer, 'clock changed', { kind: 'clock', id }, { code, amount, unit })
  })
