import { localDate, type StaffViewer, type Tx } from '../platform/index.ts'
import { registerOf, tiesOf, waysTo, type DataClass } from '../sharing/index.ts'
import { frameOn } from './subject.ts'

/**
 * Of these rows those whose subject exists for the viewer at all: whom some purpose would let them see, or the glass. A
 * list by reference says no more than the gate would. With `glass` false only whom a purpose opens, as a way on from
 * elsewhere; with a class only where a purpose opens what is of that class.
 */
export const existingFor = async <
  Row extends { subject: string; supplier: string; adult_from: string | null; handling: 0 | 1 | 2 },
>(
  tx: Tx,
  viewer: StaffViewer,
  rows: readonly Row[],
  { now, zone, glass = true, dataClass = 'D3' }: { now: Date; zone: string; glass?: boolean; dataClass?: DataClass },
): Promise<Row[]> => {
  const register = await registerOf(tx, viewer.partnership)
  const there: Row[] = []
  for (const row of rows) {
    const age = frameOn(row.adult_from, localDate(now, zone))
    const ties = await tiesOf(tx, viewer, row.subject, now)
    const resource = { supplier: row.supplier, dataClass, age, handling: row.handling } as const
    const ways = waysTo(register, viewer, resource, ties, now)
    if (ways.open.length > 0 || (glass && ways.glass.length > 0)) there.push(row)
  }
  return there
}
