import { decide, involvedWith, type Decided, type Involved } from '../sharing/index.ts'
import type { Ask } from '../web/index.ts'
import type { Through } from './gate.ts'
import { frameOn } from './subject.ts'

/** What the agreement lets this viewer hear of: who works with the person now. */
export const tellable = async (ask: Ask, at: Through): Promise<Involved[]> => {
  const involved = await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now)
  return involved.filter(({ agency_id }) => mayHearOf(at, agency_id))
}

/** Each involvement is a row of its agency's, of the class of a directory. */
export const mayHearOf = (at: Through, agency: string): boolean => hearing(at, agency).effect === 'allow'

/** In the circle by name, and not by break-glass. */
export const isInCircle = (at: Through): boolean => at.ties.closeness >= 2

/**
 * Whom the person trusts is told to everybody in their circle, whichever agency that is of and whatever purpose brought
 * them: a clause need not open it. One that shuts it does.
 */
export const mayKnowTrusted = (at: Through, agency: string): boolean => {
  const told = hearing(at, agency)
  return told.effect === 'allow' || (isInCircle(at) && told.reason !== 'BARRED')
}

const hearing = (at: Through, agency: string): Decided => {
  const asker = { active: true, agency: at.worker.agency, stated: at.worker.stated }
  const age = frameOn(at.subject.adult_from, at.today)
  const resource = { supplier: agency, dataClass: 'D2', age, handling: 0 } as const
  const context = { ...at.ties, register: at.register, now: at.now, named: false, secondApprover: false }
  return decide(asker, 'view', resource, context)
}
