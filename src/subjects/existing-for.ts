import { localDate, type StaffViewer, type Tx } from '../platform/index.ts'
import { registerOf, tiesOfEach, waysTo, type DataClass, type Ways } from '../sharing/index.ts'
import { frameOn } from './subject.ts'

/**
 * Of these rows those whose subject exists for the viewer at all: whom some purpose would let them see, or the glass. A
 * list by reference says no more than the gate would. With `glass` false only whom a purpose opens, as a way on from elsewhere;
 * `dataClass` asks for whom that of what is told of them.
 */
export const existingFor = async <
  Row extends { subject: string; supplier: string; adult_from: string | null; handling: 0 | 1 | 2 },
>(
  tx: Tx,
  viewer: StaffViewer,
  rows: readonly Row[],
  { now, zone, glass = true, dataClass = 'D3' }: { now: Date; zone: string; glass?: boolean; dataClass?: DataClass },
): Promise<Row[]> => {
  if (rows.length === 0) return []
  const register = await registerOf(tx, viewer.partnership)
  const subjects = rows.map(({ subject }) => subject)
  const ties = await tiesOfEach(tx, viewer, subjects, now)
  // Of a long list few differ in what is asked.
  const known = new Map<string, Ways>()
  return rows.filter(({ subject, supplier, adult_from, handling }) => {
    const age = frameOn(adult_from, localDate(now, zone))
    const tie = ties.get(subject)!
    const alike = [supplier, age, handling, tie.closeness, tie.brokenGlass, tie.conflict].join(' ')
    const ways = known.get(alike) ?? waysTo(register, viewer, { supplier, dataClass, age, handling }, tie, now)
    known.set(alike, ways)
    return ways.open.length > 0 || (glass && ways.glass.length > 0)
  })
}
