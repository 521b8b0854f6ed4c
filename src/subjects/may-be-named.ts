import { accountsOfAgency, namesFor } from '../staff/index.ts'
import type { Ask } from '../web/index.ts'
import type { Through } from './gate.ts'
import { tellable } from './tellable.ts'

export type MayBeNamed = { id: string; text: string }

/** The circle, as far as the agreement lets the viewer hear of it: whom a sealed entry may be opened to when it is written. */
export const theCircle = async (ask: Ask, at: Through): Promise<MayBeNamed[]> => {
  const staff = (await tellable(ask, at)).flatMap(({ staff_id }) => staff_id ?? [])
  const names = await namesFor(
    ask.tx,
    staff.filter((id) => id !== at.worker.staff),
  )
  return [...names].map(([id, { name, jobTitle, agency }]) => ({
    id,
    text: [name, jobTitle, agency].filter(Boolean).join(', '),
  }))
}

/** The circle first, then those of the viewer's own agency who work with people. */
export const mayBeNamed = async (ask: Ask, at: Through): Promise<MayBeNamed[]> => {
  const circle = await theCircle(ask, at)
  const known = new Set(circle.map(({ id }) => id))
  return [...circle, ...(await workersOf(ask, at.worker.agency)).filter(({ id }) => !known.has(id))]
}

const working: readonly string[] = ['practitioner', 'duty', 'manager']

export const workersOf = async (ask: Ask, agency: string): Promise<MayBeNamed[]> =>
  (await accountsOfAgency(ask.tx, agency))
    .filter(({ roles }) => roles.some((role) => working.includes(role)))
    .map(({ id, name, jobTitle }) => ({ id, text: [name, jobTitle].filter(Boolean).join(', ') }))
