import { record } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import type { Ask } from '../../web/index.ts'
import type { Through } from '../gate.ts'
import { identitiesOf, referencesOf } from '../queries.ts'
import { relationshipsOf } from './queries.ts'
import { isOver, type Relationship } from './relationship.ts'

/** The ties that are not over, without a name: for whoever only counts them. */
export const standingTies = async (ask: Ask, at: Through): Promise<Relationship[]> => {
  const all = await relationshipsOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id)
  return all.filter((one) => !isOver(one))
}

/** Somebody who matters, and what they are called for this viewer. */
export type Tie = Relationship & { called: string }

/**
 * Who matters to a person, as this viewer may see it. Whoever has a record of their own is called as that record calls
 * them, and that their name was shown stands in their own log.
 */
export const whoMatters = async (ask: Ask, at: Through): Promise<Tie[]> => {
  const { partnership } = at.worker
  const all = await relationshipsOf(ask.tx, ask.house.keys, partnership, at.subject.id)
  const staff = await namesFor(
    ask.tx,
    all.flatMap(({ staff_id }) => staff_id ?? []),
  )
  const others = [...new Set(all.flatMap(({ other_subject_id }) => other_subject_id ?? []))]
  const identities = await identitiesOf(ask.tx, ask.house.keys, partnership, others)
  const references = await referencesOf(ask.tx, at.worker, others)
  for (const id of others) await record(ask.tx, at.worker, 'person listed', { kind: 'person', id })
  const called = ({ name, staff_id, other_subject_id: other }: Relationship): string => {
    if (staff_id) return staff.get(staff_id)?.name ?? ask.w.subjects.circle.noName
    if (!other) return name
    return identities.find(({ subject_id }) => subject_id === other)?.name ?? references.get(other) ?? ''
  }
  return all.map((one) => ({ ...one, called: called(one) }))
}
