import { sql, type RawBuilder } from 'kysely'
import { asProduct, hasRole, NotFound, type Tx, type Viewer } from '../platform/index.ts'

export const reviewLists = ['own', 'relatives', 'colleagues', 'mass', 'area'] as const
export type ReviewList = (typeof reviewLists)[number]

/** More different people than this in one day by one member of staff is worth a question. */
export const mass_people = 20
export const reviews_page = 50

export type Reviewed = {
  at: Date
  name: string | null
  agency: string | null
  /** Which subject, by reference only; null where it is about many. */
  reference: string | null
  times: number
  people: number
}

const tied = (kinds: readonly string[]) => sql`exists (select from conflict c where c.partnership_id = l.partnership_id
  and c.subject_id = l.about_id and c.staff_id = l.staff_id and c.kind = any(${kinds}::text[]))`

const rules: Record<ReviewList, RawBuilder<unknown>> = {
  // Looks before the conflict was declared are the ones that matter: after it the record is closed.
  own: tied(['self']),
  relatives: tied(['relative', 'declared']),
  colleagues: sql`exists (select from conflict c where c.partnership_id = l.partnership_id and c.subject_id = l.about_id
    and c.kind = 'self' and c.staff_id <> l.staff_id and c.agency_id = l.agency_id)`,
  mass: sql`true`,
  area: sql`l.agency_id in (select agency_id from up)
    and exists (select from held h where h.subject_id = l.about_id and h.agency_id in (select agency_id from up))
    and not exists (select from held h where h.subject_id = l.about_id
      and (h.agency_id = l.agency_id or (h.agency_id, l.agency_id) in (select * from meets)))`,
}

const rowsOf = (partnership: string, list: ReviewList, from: Date, zone: string) => sql`
  with recursive up as (
    select agency_id, area_id from agency_area where partnership_id = ${partnership}
    union select up.agency_id, a.parent_id from up join area a on a.partnership_id = ${partnership} and a.id = up.area_id
      where a.parent_id is not null),
  -- Two agencies meet where an area of one is an area of the other or lies in it.
  meets as materialized (
    select aa.agency_id as one, up.agency_id as other from agency_area aa join up on up.area_id = aa.area_id
      where aa.partnership_id = ${partnership}
    union select up.agency_id, aa.agency_id from agency_area aa join up on up.area_id = aa.area_id
      where aa.partnership_id = ${partnership}),
  held as materialized (
    select id as subject_id, agency_id from subject where partnership_id = ${partnership}
    union select subject_id, agency_id from involvement where partnership_id = ${partnership}),
  l as (
    select e.partnership_id, e.at, e.staff_id, e.agency_id, e.about_id, s.reference,
      (e.at at time zone ${zone})::date as day
    from event e join subject s on s.partnership_id = e.partnership_id and s.id = e.about_id
    where e.partnership_id = ${partnership} and e.about_kind = 'person' and e.viewer = 'staff' and e.at >= ${from}
      -- To say that one is too close, or why one is there, is no look.
      and e.kind not like 'conflict %' and e.kind <> 'purpose stated')
  select min(l.at) as at, l.staff_id, l.agency_id, ${list === 'mass' ? sql`null::text` : sql`l.reference`} as reference,
    count(*)::int as times, count(distinct l.about_id)::int as people
  from l where ${rules[list]}
  group by l.staff_id, l.agency_id, l.day, ${list === 'mass' ? sql`()` : sql`l.reference`}
  ${list === 'mass' ? sql`having count(distinct l.about_id) > ${mass_people}` : sql``}`

/** What a guardian looks over: lists of looks that follow a stated rule, across subjects and without a word of a case. */
export const reviewLooks = async (
  tx: Tx,
  viewer: Viewer,
  { list, from, zone, page }: { list: ReviewList; from: Date; zone: string; page: number },
): Promise<{ counts: Record<ReviewList, number>; rows: Reviewed[] }> => {
  if (!hasRole(viewer, 'guardian')) throw new NotFound()
  return asProduct(tx, async () => {
    const counts = {} as Record<ReviewList, number>
    for (const each of reviewLists) {
      const counted = await sql<{ n: number }>`
        select count(*)::int as n from (${rowsOf(viewer.partnership, each, from, zone)}) r`.execute(tx)
      counts[each] = counted.rows[0]?.n ?? 0
    }
    const { rows } = await sql<Reviewed>`
      select r.at, a.name, g.name as agency, r.reference, r.times, r.people
      from (${rowsOf(viewer.partnership, list, from, zone)}) r
        left join account a on a.partnership_id = ${viewer.partnership} and a.id = r.staff_id
        left join agency g on g.partnership_id = ${viewer.partnership} and g.id = r.agency_id
      order by r.at desc, r.staff_id, r.reference limit ${reviews_page} offset ${(page - 1) * reviews_page}`.execute(tx)
    return { counts, rows }
  })
}
