import { agencyNames } from '../../partnership/index.ts'
import { involvedWith, type Involved } from '../../sharing/index.ts'
import { namesFor, standingOf } from '../../staff/index.ts'
import type { Through } from '../../subjects/index.ts'
import { tellable } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import type { Action, Owner } from './plan.ts'

/** Roles of those who are around a person and can take something on. What a list says of an agency is none of them. */
const around = ({ role }: Involved): boolean => role !== 'feed' && role !== 'triage'

export type Owners = {
  /** Whoever works with the person and can sign in, as far as the viewer is told of them. */
  people: { id: string; name: string; agency: string; agencyId: string }[]
  /** Agencies around the person, where somebody without an account may be named. */
  agencies: { id: string; name: string }[]
}

/** Who may own an action for this person. */
export const ownersFor = async (ask: Ask, at: Through): Promise<Owners> => {
  const involved = (await tellable(ask, at)).filter(around)
  const staff = involved.flatMap(({ staff_id }) => staff_id ?? [])
  const names = await namesFor(ask.tx, staff)
  const standing = await standingOf(ask.tx, staff, at.now)
  const agencies = await agencyNames(ask.tx, [...new Set(involved.map(({ agency_id }) => agency_id))])
  return {
    people: [...names]
      .flatMap(([id, { name, agency }]) => {
        const there = standing.get(id)
        return there?.isOpen ? [{ id, name, agency, agencyId: there.agency }] : []
      })
      .sort((a, b) => a.name.localeCompare(b.name)),
    agencies: [...agencies].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
  }
}

/** What a form said: an account's id, or 'somebody' with a name and an agency. Undefined for whoever may not own it. */
export const chosenOwner = (
  { people, agencies }: Owners,
  { owner, name, agency }: { owner: string; name: string; agency: string },
): Owner | undefined => {
  const account = people.find(({ id }) => id === owner)
  if (account) return { staff: account.id, agency: account.agencyId }
  const at = agencies.find(({ id }) => id === agency)
  return owner === 'somebody' && at && name ? { staff: null, name, agency: at.id } : undefined
}

/**
 * Whose owner has gone: the account was closed, or nobody says any more that they, or their agency, work with the person.
 * The action stays, and is listed until somebody takes it.
 */
export const unownedAmong = async <A extends Pick<Action, 'id' | 'owner_id' | 'owner_agency_id'>>(
  ask: Ask,
  at: Through,
  actions: readonly A[],
): Promise<Set<string>> => {
  const live = (await involvedWith(ask.tx, at.worker.partnership, at.subject.id, at.now)).filter(around)
  const staff = new Set(live.flatMap(({ staff_id }) => staff_id ?? []))
  const agencies = new Set(live.map(({ agency_id }) => agency_id))
  const standing = await standingOf(
    ask.tx,
    actions.flatMap(({ owner_id }) => owner_id ?? []),
    at.now,
  )
  const isOwned = ({ owner_id, owner_agency_id }: A): boolean =>
    owner_id === null ? agencies.has(owner_agency_id) : staff.has(owner_id) && (standing.get(owner_id)?.isOpen ?? true)
  return new Set(actions.filter((action) => !isOwned(action)).map(({ id }) => id))
}
