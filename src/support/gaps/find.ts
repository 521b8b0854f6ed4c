import { sql } from 'kysely'
import { concernsUnowned } from '../../concerns/index.ts'
import { abreast, asProduct, localDate, type StaffViewer, type Tx } from '../../platform/index.ts'
import { existingFor } from '../../subjects/index.ts'
import { daysOf, kinds, most, type Gap } from './gap.ts'
import { sinceWhen, type PersonGap, type Standing } from './statements.ts'

export type Whose = 'mine' | 'agency'
type Person = {
  subject: string
  reference: string
  supplier: string
  adult_from: string | null
  handling: 0 | 1 | 2
  opened_at: Date
}

/**
 * What nobody sees to, of the people a team works with: one statement a kind, asked of all of them at once, the longest so
 * first. Only of those of whom the agreement lets this viewer read the facts, by reference and never a word.
 */
export const gapsFor = async (
  tx: Tx,
  viewer: StaffViewer,
  { whose, at, zone }: { whose: Whose; at: Date; zone: string },
): Promise<Gap[]> => {
  const team = await teamOf(tx, viewer, whose, at)
  // Asked once whom this viewer may read of, before anything is asked about them.
  const seen = await existingFor(tx, viewer, team, { now: at, zone, glass: false, dataClass: 'D4' })
  const of = new Map(seen.map((one) => [one.subject, one]))
  const now = { today: localDate(at, zone), at, closed: await closedAmong(tx, viewer.partnership, seen, at) }
  const ofPeople = kinds.flatMap(({ code }) => (code === 'unowned concern' ? [] : [code]))
  const each = await abreast(tx, ...ofPeople.map((kind) => () => find(tx, viewer.partnership, kind, seen, now)))
  const found = each.flatMap((rows, i) =>
    rows.map(({ subject, since }): Gap => ({
      kind: ofPeople[i]!,
      subject,
      concern: null,
      reference: of.get(subject)!.reference,
      since,
    })),
  )
  const before = new Date(at.getTime() - daysOf('unowned concern') * 86_400_000)
  const concerns = await concernsUnowned(tx, viewer, before)
  return [
    ...concerns.map(({ id, reference, since }): Gap => ({
      kind: 'unowned concern',
      subject: null,
      concern: id,
      reference,
      since: localDate(since, zone),
    })),
    ...found,
  ]
}

/** The people a team works with now: not the product's list of them, but whom somebody came to work with. */
const teamOf = (tx: Tx, viewer: StaffViewer, whose: Whose, at: Date) =>
  asProduct(tx, async () => {
    const theirs = whose === 'mine' ? sql`i.staff_id = ${viewer.staff}` : sql`i.agency_id = ${viewer.agency}`
    const { rows } = await sql<Person>`
      select s.id as subject, s.reference, s.agency_id as supplier, s.adult_from::text as adult_from,
        s.handling::int as handling, s.opened_at from subject s
      where s.partnership_id = ${viewer.partnership} and s.kind = 'person' and s.erased_at is null and s.id = any(array(
        select i.subject_id from involvement i where i.partnership_id = ${viewer.partnership} and ${theirs}
          and i.role not in ('feed', 'triage') and i.from_at <= ${at} and (i.to_at is null or i.to_at > ${at})))`.execute(
      tx,
    )
    return rows
  })

/** Who of those that work with these people, or have something to do for them, cannot sign in any more: asked once of each. */
const closedAmong = (tx: Tx, partnership: string, people: readonly Person[], at: Date) =>
  asProduct(tx, async () => {
    const theirs = sql`x.partnership_id = ${partnership} and x.subject_id = any(${people.map(({ subject }) => subject)}::uuid[])`
    const { rows } = await sql<{ id: string }>`
      select a.id from account a where a.partnership_id = ${partnership} and a.id in (
          select x.staff_id from involvement x where ${theirs} union select x.owner_id from plan_action x where ${theirs})
        and account_closed(a.partnership_id, a.id, a.agency_id, ${at})`.execute(tx)
    return rows.map(({ id }) => id)
  })

/** One kind of gap, of all these people in one statement, the longest so first. */
const find = (tx: Tx, partnership: string, kind: PersonGap, people: readonly Person[], now: Standing) =>
  asProduct(tx, async () => {
    const columns = sql.join([
      sql`${people.map(({ subject }) => subject)}::uuid[]`,
      sql`${people.map(({ adult_from }) => adult_from)}::date[]`,
      sql`${people.map(({ opened_at }) => opened_at)}::timestamptz[]`,
    ])
    const { rows } = await sql<{ subject: string; since: string }>`
      select s.id as subject, g.since::text as since
      from (select ${partnership}::uuid as partnership_id, p.* from unnest(${columns}) as p (id, adult_from, opened_at)) s
      cross join lateral (${sinceWhen[kind](now)}) as g (since)
      where g.since is not null order by g.since, s.id limit ${most}`.execute(tx)
    return rows
  })
