import { become, hasRole, isId, localDate, newId, NotFound, type StaffViewer } from '../platform/index.ts'
import {
  decide,
  registerOf,
  statedFor,
  tiesOf,
  waysTo,
  type Register,
  type Resource,
  type Ties,
  type Ways,
} from '../sharing/index.ts'
import type { Answer, Ask } from '../web/index.ts'
import { purposeQuestion } from './pages/purpose.tsx'
import { glassDoor } from './pages/glass-door.tsx'
import { subjectFacts, type SubjectFacts } from './queries.ts'
import { frameOn } from './subject.ts'

/** Whoever may work with people at all. For anybody else the pages of a subject do not exist. */
export const workers = ['practitioner', 'duty', 'manager'] as const

export type Through = {
  kind: 'open'
  subject: SubjectFacts
  /** The viewer with the purpose they stated: the transaction runs as them from here on. */
  worker: StaffViewer & { stated: NonNullable<StaffViewer['stated']> }
  register: Register
  ties: Ties
  /** The clause that lets them in. */
  cite: string
  now: Date
  today: string
}
export type AtGate = {
  subject: SubjectFacts
  worker: StaffViewer
  register: Register
  ties: Ties
  ways: Ways
  resource: Resource
  now: Date
}

/**
 * The gate of every page of a subject. Somebody with a purpose that lets them in goes through; somebody whom a purpose
 * would let in is asked for it; somebody for whom only the relationship is missing meets the glass. For everybody else
 * the subject does not exist, and takes as long to say so as one that really does not.
 * @throws {NotFound}
 */
export const enter = async (ask: Ask, id: string): Promise<Through | { kind: 'answer'; answer: Answer }> => {
  const at = await approach(ask, id)
  const through = await letIn(ask, at)
  if (through) return through
  if (at.ways.open.length > 0) return { kind: 'answer', answer: await purposeQuestion(ask, at) }
  if (at.ways.glass.length > 0) return { kind: 'answer', answer: glassDoor(ask) }
  throw new NotFound()
}

/** As far as the gate, for the pages that stand before it. @throws {NotFound} for a stranger */
export const approach = async (ask: Ask, id: string): Promise<AtGate> => {
  const { viewer: worker, tx } = ask
  if (!hasRole(worker, ...workers)) throw new NotFound()
  const now = ask.house.now()
  const known = isId(id) ? await subjectFacts(tx, worker.partnership, id) : undefined
  // Somebody who does not exist is asked about like anybody else, by the same number of steps.
  const subject = known ?? { ...nobody, id: isId(id) ? id : newId(), opened_at: now }
  const register = await registerOf(tx, worker.partnership)
  const ties = await tiesOf(tx, worker, subject.id, now)
  const resource: Resource = {
    supplier: subject.supplier,
    dataClass: 'D3',
    age: frameOn(subject.adult_from, localDate(now, ask.place.zone)),
    handling: subject.handling,
  }
  const ways = waysTo(register, worker, resource, ties, now)
  if (!known || (ways.open.length === 0 && ways.glass.length === 0)) throw new NotFound()
  return { subject, worker, register, ties, ways, resource, now }
}

const nobody = { supplier: newId(), reference: '', kind: 'person', adult_from: null, handling: 0 } as const

const letIn = async (ask: Ask, at: AtGate): Promise<Through | undefined> => {
  const { subject, worker, register, ties, resource, now } = at
  const stated = await statedFor(ask.tx, worker, subject.id, now)
  if (!stated) return undefined
  const told = decide({ active: true, agency: worker.agency, stated }, 'view', resource, {
    ...ties,
    register,
    now,
    named: false,
    secondApprover: false,
  })
  if (told.effect === 'deny') return undefined
  const through = { ...worker, stated }
  await become(ask.tx, through, { now, zone: ask.place.zone })
  return {
    kind: 'open',
    subject,
    worker: through,
    register,
    ties,
    cite: told.clause.cite,
    now,
    today: localDate(now, ask.place.zone),
  }
}
