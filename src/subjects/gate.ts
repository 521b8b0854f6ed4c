import { become, localDate, NotFound, record, type StaffViewer } from '../platform/index.ts'
import { decide, refused, refusedBy, statedFor, type Register, type Ties } from '../sharing/index.ts'
import { redirect, type About, type Answer, type Ask } from '../web/index.ts'
import { approach, type AtGate } from './approach.ts'
import { fitsPage, isContext } from './contexts/context.ts'
import { contextBar } from './pages/context-bar.tsx'
import { identityBar } from './pages/identity-bar.tsx'
import { glassDoor } from './pages/glass-door.tsx'
import { purposeQuestion } from './pages/purpose.tsx'
import type { SubjectFacts } from './queries.ts'
import { hasStoryUnread } from './story/read.ts'

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

/** What the event of a look at a page of theirs says: the purpose, and the clause that let the viewer in. */
export const aboutPerson = ({ subject, worker, cite }: Through): About => ({
  kind: 'person',
  id: subject.id,
  detail: { purpose: worker.stated.purpose, clause: cite },
})

/**
 * The gate of every page of a subject. Somebody with a purpose that lets them in goes through; somebody whom a purpose
 * would let in is asked for it; somebody for whom only the relationship is missing meets the glass. Whoever goes through
 * reads on every page whom it is about. A page that is a person’s alone does not exist for a place. For everybody else the subject does not exist, and takes as long to say so as one
 * that really does not.
 * @throws {NotFound}
 */
export const enter = async (ask: Ask, id: string): Promise<Through | { kind: 'answer'; answer: Answer }> => {
  const at = await approach(ask, id)
  const through = await letIn(ask, at)
  if (!fitsPage(at.subject, ask.path)) throw new NotFound()
  if (through) return (await storyFirst(ask, through)) ?? through
  if (at.ways.open.length > 0) return { kind: 'answer', answer: await purposeQuestion(ask, at) }
  if (at.ways.glass.length === 0) throw new NotFound()
  const { reason, clause } = at.ways.against
  const partnership = { kind: 'partnership', id: at.worker.partnership }
  await record(ask.tx, at.worker, refused, partnership, refusedBy(reason, clause?.id))
  return { kind: 'answer', answer: await glassDoor(ask, at) }
}

/** Whoever comes new to a person for a purpose sees their story before they see a form; nothing that was sent is held up. */
const storyFirst = async (
  ask: Ask,
  { worker, subject }: Through,
): Promise<{ kind: 'answer'; answer: Answer } | undefined> => {
  const story = `/people/${subject.id}/story`
  if (ask.path.startsWith(story) || Object.keys(ask.form).length > 0) return undefined
  return (await hasStoryUnread(ask.tx, worker, subject.id)) ? { kind: 'answer', answer: redirect(story) } : undefined
}

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
  const open: Through = {
    kind: 'open',
    subject,
    worker: through,
    register,
    ties,
    cite: told.clause.cite,
    now,
    today: localDate(now, ask.place.zone),
  }
  ask.above = () => (isContext(subject) ? contextBar(ask, open) : identityBar(ask, open))
  return open
}
