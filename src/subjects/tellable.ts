import { decide, involvedWith, type Involved } from '../sharing/index.ts'
import type { Ask } from '../web/index.ts'
import type { Through } from './gate.ts'
import { frameOn } from './subject.ts'

/** What the agreement lets this viewer hear of: who works with the person now. */
export const tellable = async (ask: Ask, at: Through): Promise<Involved[]> => {
  const involved = await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now)
  return involved.filter(({ agency_id }) => mayHearOf(at, agency_id))
}

/** Each involvement is a row of its agency's, of the class of a directory. */
export const mayHearOf = (at: Through, agency: string): boolean => {
  const asker = { active: true, agency: at.worker.agency, stated: at.worker.stated }
  const age = frameOn(at.subject.adult_from, at.today)
  const resource = { supplier: agency, dataClass: 'D2', age, handling: 0 } as const
  const context = { ...at.ties, register: at.register, now: at.now, named: false, secondApprover: false }
  return decide(asker, 'view', resource, context).effect === 'allow'
}
