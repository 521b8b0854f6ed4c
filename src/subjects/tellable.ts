import { decide, involvedWith, type Involved } from '../sharing/index.ts'
import type { Ask } from '../web/index.ts'
import type { Through } from './gate.ts'
import { frameOn } from './subject.ts'

/** What the agreement lets this viewer hear of: each involvement is a row of its agency's, of the class of a directory. */
export const tellable = async (ask: Ask, at: Through): Promise<Involved[]> => {
  const involved = await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now)
  const asker = { active: true, agency: at.worker.agency, stated: at.worker.stated }
  const age = frameOn(at.subject.adult_from, at.today)
  return involved.filter(({ agency_id }) => {
    const resource = { supplier: agency_id, dataClass: 'D2', age, handling: 0 } as const
    const context = { ...at.ties, register: at.register, now: at.now, named: false, secondApprover: false }
    return decide(asker, 'view', resource, context).effect === 'allow'
  })
}
