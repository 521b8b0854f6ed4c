import { sql } from 'kysely'
import { asProduct } from '../../platform/index.ts'
import {
  decide,
  registerOf,
  tiesOfEach,
  type Closeness,
  type Decided,
  type Handling,
  type Register,
  type Ties,
} from '../../sharing/index.ts'
import { frameOn } from '../../subjects/index.ts'
import type { Ask } from '../../web/index.ts'
import type { Item } from './agenda.ts'
import type { AtSitting } from './at-sitting.ts'
import type { Known } from './gaps.ts'
import type { Seat } from './sitting.ts'

type Part = { supplier: string; adult_from: string | null; handling: Handling }
type Asking = { agency: string; ties: Pick<Ties, 'closeness' | 'brokenGlass' | 'conflict'> }

/** Whether a part of the agenda opens to somebody for what the sitting is for: a meeting is of the class of facts. */
const opens = (
  { worker, now, today }: AtSitting,
  register: Register,
  { agency, ties }: Asking,
  { supplier, adult_from, handling }: Part,
): Decided =>
  decide(
    { active: true, agency, stated: worker.stated },
    'view',
    { supplier, dataClass: 'D4', age: frameOn(adult_from, today), handling },
    { ...ties, register, now, named: false, secondApprover: false },
  )

/**
 * Whether something is on that this viewer is not shown and would be, once they are named for it. Of what the agreement
 * opens to their agency for nobody, or what they are too close to, nothing is told: not that it is there. How many
 * there are, and who, is told in no case.
 */
export const isKeptFrom = async (ask: Ask, here: AtSitting, shown: readonly Item[]): Promise<boolean> => {
  const { worker, sitting, now } = here
  const rest = await asProduct(ask.tx, async () => {
    const { rows } = await sql<Part & { subject: string }>`
      select m.subject_id as subject, m.agency_id as supplier, m.adult_from::text as adult_from, m.handling::int as handling
      from panel_item i join meeting m on m.partnership_id = i.partnership_id and m.id = i.meeting_id
      where i.partnership_id = ${worker.partnership} and i.sitting_id = ${sitting.id}
        and i.id <> all(${shown.map(({ id }) => id)}::uuid[])`.execute(ask.tx)
    return rows
  })
  if (rest.length === 0) return false
  const register = await registerOf(ask.tx, worker.partnership)
  const subjects = rest.map(({ subject }) => subject)
  const each = await tiesOfEach(ask.tx, worker, subjects, now)
  return rest.some((part) => {
    const told = opens(here, register, { agency: worker.agency, ties: each.get(part.subject)! }, part)
    return told.effect === 'deny' && told.reason === 'RELATIONSHIP'
  })
}

/** Why nobody of an agency sees a part: they are not near enough to the person, or the agreement does not let them. */
export type Why = 'not named' | 'circle only' | 'no clause' | 'shut'
export type Blind = { subject: string; agency: string; name: string; why: Why }

/**
 * Which of those who are asked have nobody who sees a part of the agenda, before it is spoken about. Whom an agency has
 * around somebody counts as far as the viewer may hear of it, so that this tells them nothing new.
 */
export const blindAmong = (
  here: AtSitting,
  register: Register,
  { items, known, seats }: { items: readonly Item[]; known: readonly Known[]; seats: readonly Seat[] },
): Blind[] =>
  items.flatMap(({ subject_id: subject, agency_id: supplier, adult_from, handling }) => {
    const around = known.find(({ facts }) => facts.id === subject)
    if (!around) return []
    return seats.flatMap(({ of_agency_id: agency, name }) => {
      const ties = { closeness: nearest(around, agency), brokenGlass: false, conflict: false }
      const told = opens(here, register, { agency, ties }, { supplier, adult_from, handling })
      return told.effect === 'allow' ? [] : [{ subject, agency, name, why: whyOf(told, handling) }]
    })
  })

/** How near to somebody the nearest of an agency is. */
const nearest = ({ involved }: Known, agency: string): Closeness =>
  involved
    .filter(({ agency_id, role }) => agency_id === agency && role !== 'feed')
    .map(({ staff_id, role }): Closeness => {
      if (staff_id === null) return 1
      return role === 'lead' || role === 'trusted adult' ? 3 : 2
    })
    .reduce<Closeness>((most, one) => (one > most ? one : most), 0)

const whyOf = (told: Extract<Decided, { effect: 'deny' }>, handling: Handling): Why => {
  if (told.reason === 'RELATIONSHIP') return handling === 1 ? 'circle only' : 'not named'
  return told.reason === 'BARRED' ? 'shut' : 'no clause'
}
