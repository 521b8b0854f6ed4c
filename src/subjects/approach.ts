import {
  abreast,
  hasRole,
  isId,
  localDate,
  newId,
  NotFound,
  Refused,
  type Role,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import {
  refused,
  refusedBy,
  registerOf,
  tiesOf,
  waysTo,
  type Register,
  type Resource,
  type Ties,
  type Ways,
} from '../sharing/index.ts'
import type { Ask } from '../web/index.ts'
import { subjectFacts, type SubjectFacts } from './queries.ts'
import { frameOn } from './subject.ts'

/** Whoever may work with people at all. For anybody else the pages of a subject do not exist. */
export const workers = ['practitioner', 'duty', 'manager'] as const

/** Whether a record opens for somebody with these roles: nobody else is asked in, named, or counted as leading. */
export const worksWithPeople = ({ roles }: { roles: readonly Role[] }): boolean =>
  workers.some((role) => roles.includes(role))

export type AtGate = {
  subject: SubjectFacts
  worker: StaffViewer
  register: Register
  ties: Ties
  ways: Ways
  resource: Resource
  now: Date
}

/** As far as the gate, for the pages that stand before it. @throws {NotFound} for a stranger */
export const approach = async (ask: Ask, id: string): Promise<AtGate> => {
  const { viewer: worker, tx } = ask
  if (!hasRole(worker, ...workers)) throw new NotFound()
  const now = ask.house.now()
  const asked = id && isId(id) ? id : newId()
  const [{ subject, exists }, register, ties] = await abreast(
    tx,
    () => factsOrNobody(tx, worker.partnership, asked, now),
    () => registerOf(tx, worker.partnership),
    () => tiesOf(tx, worker, asked, now),
  )
  const resource: Resource = {
    supplier: subject.supplier,
    dataClass: 'D3',
    age: frameOn(subject.adult_from, localDate(now, ask.place.zone)),
    handling: subject.handling,
  }
  const ways = waysTo(register, worker, resource, ties, now)
  // Counted for somebody who does not exist too: refused and absent differ in nothing.
  if (!exists || (ways.open.length === 0 && ways.glass.length === 0))
    throw new Refused(refused, refusedBy(ways.against.reason, ways.against.clause?.id))
  return { subject, worker, register, ties, ways, resource, now }
}

/** Somebody who does not exist is asked about like anybody else, by the same steps: whoever calls this throws at the end. */
export const factsOrNobody = async (
  tx: Tx,
  partnership: string,
  id: string | undefined,
  now: Date,
): Promise<{ subject: SubjectFacts; exists: boolean }> => {
  const asked = id && isId(id) ? id : newId()
  const known = await subjectFacts(tx, partnership, asked)
  return { subject: known ?? { ...nobody, id: asked, opened_at: now }, exists: known !== undefined }
}

const nobody = { supplier: newId(), reference: '', kind: 'person', adult_from: null, handling: 0 } as const
