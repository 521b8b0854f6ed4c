import { agencyNames } from '../../partnership/index.ts'
import { abreast, isId, NotFound } from '../../platform/index.ts'
import { namesFor } from '../../staff/index.ts'
import { frameOn, type Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { dayOf } from '../plan/pages/dates.ts'
import { circumstancesOf, tasksOf, transitionOwnersOf, turningOf, type Turning } from './queries.ts'
import {
  fromMonths,
  ownerOf,
  ownersByMonths,
  sides,
  type Circumstance,
  type Side,
  type Task,
  type TransitionOwner,
} from './transition.ts'

export type Eighteen = {
  /** Undefined where no birthday is known. */
  turning: Turning | undefined
  frame: 'child' | 'adult' | 'unknown'
  hasBegun: boolean
  tasks: Task[]
  owners: TransitionOwner[]
  circumstances: Circumstance[]
  /** Who carries a task, or all of them, on a side, as the page says it; '' for nobody. */
  carriedBy: (side: Side, task?: string) => string
  /** Who carries all of them on a side; that nobody does, and by when somebody is or was to be named. */
  carries: (side: Side) => string
  /** Both who carry a task, by name alone. */
  together: (task: string) => Record<Side, string>
  nameOf: (staff: string | null) => string
}

/** Everything there is around somebody's eighteenth birthday, as this viewer may see it, each kind of row asked once. */
export const gatherEighteen = async (ask: Ask, at: Through): Promise<Eighteen> => {
  const { tx, house } = ask
  const { partnership } = at.worker
  const { id: subject } = at.subject
  const [turning, tasks, owners, circumstances] = await abreast(
    tx,
    () => turningOf(tx, partnership, subject, at.now),
    () => tasksOf(tx, house.keys, partnership, subject),
    () => transitionOwnersOf(tx, house.keys, partnership, subject),
    () => circumstancesOf(tx, partnership, subject),
  )
  const staff = [...owners.map(({ owner_id }) => owner_id), ...tasks.map(({ said_by }) => said_by)]
  const [names, agencies] = await abreast(
    tx,
    () =>
      namesFor(
        tx,
        staff.flatMap((id) => id ?? []),
      ),
    () => agencyNames(tx, [...new Set(owners.map(({ owner_agency_id }) => owner_agency_id))]),
  )
  const nameOf = (id: string | null): string => names.get(id ?? '')?.name ?? ask.w.plan.somebody
  const called = ({ owner_name, owner_id }: TransitionOwner): string => owner_name || nameOf(owner_id)
  const carriedBy = (side: Side, task?: string): string => {
    const owner = ownerOf(owners, side, task ?? null)
    return owner ? `${called(owner)}, ${agencies.get(owner.owner_agency_id) ?? ''}` : ''
  }
  const namedBy = turning?.days.get(ownersByMonths)
  const nobody = (side: Side): string => {
    const { nobody: words, nobodyLate } = ask.w.eighteen.owners
    const isLate = side === 'adult' && namedBy !== undefined && namedBy <= at.today
    return isLate ? fill(nobodyLate, { day: dayOf(ask, namedBy) }) : words[side]
  }
  return {
    turning,
    frame: frameOn(at.subject.adult_from, at.today),
    hasBegun: turning !== undefined && turning.days.get(fromMonths)! <= at.today,
    tasks,
    owners,
    circumstances,
    carriedBy,
    carries: (side) => carriedBy(side) || nobody(side),
    together: (task) => {
      const [child, adult] = sides.map((side) => ownerOf(owners, side, task))
      const { none } = ask.w.eighteen.owners
      return { child: child ? called(child) : none.child, adult: adult ? called(adult) : none.adult }
    },
    nameOf,
  }
}

/** One task of theirs. @throws {NotFound} */
export const taskFor = async (ask: Ask, at: Through, id: string | undefined): Promise<Task> => {
  const only = id && isId(id) ? id : undefined
  const [task] = only ? await tasksOf(ask.tx, ask.house.keys, at.worker.partnership, at.subject.id, only) : []
  if (!task) throw new NotFound()
  return task
}
