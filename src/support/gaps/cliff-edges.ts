import { sql } from 'kysely'
import { asProduct, type Tx } from '../../platform/index.ts'
import { bornOn, isSupported } from '../transition/make-tasks.ts'
import { ownersByMonths } from '../transition/transition.ts'
import { isSilent, nearDays, turnedLately, type Now } from './statements.ts'

export const edgeKinds = ['turned', 'closed', 'silent', 'near', 'unowned'] as const
export type CliffEdges = Record<(typeof edgeKinds)[number], number>

/**
 * What happened around eighteenth birthdays in the last year, in numbers: how many turned 18 and how many of them met
 * silence; how many plans were closed so near it; how many are 17 years and 9 months or more, and how many of them have
 * nobody from services for adults. Runs as the product; small numbers are the page's to hide.
 */
export const cliffEdges = (tx: Tx, partnership: string, now: Now): Promise<CliffEdges> =>
  asProduct(tx, async () => {
    const { today, at } = now
    const people = sql`from subject s where s.partnership_id = ${partnership} and s.kind = 'person' and s.erased_at is null`
    const near = sql`${people} and s.adult_from > ${today}::date
      and s.adult_from <= ${today}::date + ${nearDays}::int
      and age_day(${bornOn}, ${ownersByMonths}) <= ${today}::date and ${isSupported(at)}`
    const { rows } = await sql<CliffEdges>`
      select (select count(*)::int ${people} and ${turnedLately(today)} and ${isSupported(at)}) as turned,
        (select count(*)::int ${people} and ${turnedLately(today)} and ${isSupported(at)} and ${isSilent}) as silent,
        (select count(*)::int from closure_facts c where c.partnership_id = ${partnership} and c.near_eighteen
          and c.closed_at > ${today}::date - 365) as closed,
        (select count(*)::int ${near}) as near,
        (select count(*)::int ${near} and not exists (select from transition_owner o where o.partnership_id = s.partnership_id
          and o.subject_id = s.id and o.side = 'adult' and o.task_id is null and o.ended_at is null)) as unowned`.execute(
      tx,
    )
    return rows[0]!
  })
