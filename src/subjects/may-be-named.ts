import { waysTo, type Closeness, type DataClass } from '../sharing/index.ts'
import { accountsOfAgency, namesFor } from '../staff/index.ts'
import type { Ask } from '../web/index.ts'
import { worksWithPeople } from './approach.ts'
import type { Through } from './gate.ts'
import { frameOn } from './subject.ts'
import { tellable } from './tellable.ts'

export type MayBeNamed = { id: string; text: string; agency: string; closeness: Closeness }

/**
 * Whether the agreement would let somebody read a sealed entry of this class once they are named on it, for any purpose.
 * A name that opens nothing would be a promise that the database does not keep.
 */
export const readsWhenNamed = (
  at: Through,
  who: { agency: string; closeness: Closeness },
  { supplier, dataClass }: { supplier: string; dataClass: DataClass },
): boolean => {
  const age = frameOn(at.subject.adult_from, at.today)
  const ties = { closeness: who.closeness, brokenGlass: false, conflict: false }
  const resource = { supplier, dataClass, age, handling: 2 } as const
  return waysTo(at.register, who, resource, ties, at.now, { named: true }).open.length > 0
}

/** The circle, as far as the agreement lets the viewer hear of it: whom a sealed entry may be opened to when it is written. */
export const theCircle = async (ask: Ask, at: Through): Promise<MayBeNamed[]> => {
  const told = (await tellable(ask, at)).filter(({ staff_id }) => staff_id !== at.worker.staff)
  const names = await namesFor(
    ask.tx,
    told.flatMap(({ staff_id }) => staff_id ?? []),
  )
  return [...names].map(([id, { name, jobTitle, agency }]) => {
    const parts = told.filter(({ staff_id }) => staff_id === id)
    return {
      id,
      text: [name, jobTitle, agency].filter(Boolean).join(', '),
      agency: parts[0]!.agency_id,
      closeness: parts.some(({ role }) => role === 'lead' || role === 'trusted adult') ? 3 : 2,
    }
  })
}

/** The circle first, then those of the viewer's own agency who work with people. */
export const mayBeNamed = async (ask: Ask, at: Through): Promise<MayBeNamed[]> => {
  const circle = await theCircle(ask, at)
  const known = new Set(circle.map(({ id }) => id))
  return [...circle, ...(await workersOf(ask, at.worker.agency)).filter(({ id }) => !known.has(id))]
}

export const workersOf = async (ask: Ask, agency: string): Promise<MayBeNamed[]> =>
  (await accountsOfAgency(ask.tx, agency)).filter(worksWithPeople).map(({ id, name, jobTitle }) => ({
    id,
    text: [name, jobTitle].filter(Boolean).join(', '),
    agency,
    // Their agency is involved, they are not.
    closeness: 1,
  }))
