import { sql, type RawBuilder } from 'kysely'
import { asProduct, hasRole, NotFound, type Keys, type Tx, type Viewer } from '../platform/index.ts'
import { massRule, type MassRule } from '../sharing/index.ts'
import type { House } from '../web/index.ts'
import { shownBy } from './notice-look.ts'
import { searchKeys } from './search-keys.ts'

export const reviewLists = ['own', 'relatives', 'colleagues', 'mass', 'area'] as const
export type ReviewList = (typeof reviewLists)[number]

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

// Looks before the conflict was declared are the ones that matter: after it the record is closed. What was looked at
// since somebody else opened it again was allowed by them.
const tied = (kinds: readonly string[]) => sql`exists (select from conflict c where c.partnership_id = l.partnership_id
  and c.subject_id = l.about_id and c.staff_id = l.staff_id and c.kind = any(${kinds}::text[])
  and (c.lifted_at is null or l.at < c.lifted_at))`
/** By the name of their account, word by word. */
const named = (how: RawBuilder<unknown>) => sql`exists (select from namesake n where n.staff_id = l.staff_id
  and n.subject_id = l.about_id and ${how})`

const rules: Record<ReviewList, RawBuilder<unknown>> = {
  own: sql`(${tied(['self'])} or ${named(sql`n.whole`)})`,
  relatives: sql`(${tied(['relative', 'declared'])} or ${named(sql`n.family and not n.whole`)})`,
  colleagues: sql`(exists (select from conflict c where c.partnership_id = l.partnership_id and c.subject_id = l.about_id
    and c.kind = 'self' and c.staff_id <> l.staff_id and c.agency_id = l.agency_id)
    or exists (select from namesake n join account a on a.partnership_id = l.partnership_id and a.id = n.staff_id
      where n.subject_id = l.about_id and n.whole and n.staff_id <> l.staff_id and a.agency_id = l.agency_id))`,
  mass: sql`l.people is not null`,
  area: sql`l.agency_id in (select agency_id from up)
    and exists (select from held h where h.subject_id = l.about_id and h.agency_id in (select agency_id from up))
    and not exists (select from held h where h.subject_id = l.about_id
      and (h.agency_id = l.agency_id or (h.agency_id, l.agency_id) in (select * from meets)))`,
}

type Asked = {
  partnership: string
  /** Whoever looks them over: neither their own looks, nor anything of somebody they are too close to. */
  by: string
  from: Date
  zone: string
  rule: MassRule
  shown: readonly string[]
  workers: readonly Worker[]
}

const rowsOf = ({ partnership, by, from, zone, rule, shown, workers }: Asked, list: ReviewList) => {
  const words = workers.flatMap(({ id, words: [...all] }) =>
    all.map((hash, i) => ({ id, hash, family: i === all.length - 1, of: all.length })),
  )
  const kinds = sql`${shown}::text[]`
  return sql`
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
  -- Who bears a worker's whole name, or their family name, by keyed hashes; nothing of it where the identity is sealed.
  namesake as materialized (
    select w.staff_id, k.subject_id, count(distinct w.hash) = max(w.parts) and max(w.parts) > 1 as whole,
      bool_or(w.family) as family
    from unnest(${words.map(({ id }) => id)}::uuid[], ${words.map(({ hash }) => hash)}::bytea[],
        ${words.map(({ family }) => family)}::boolean[], ${words.map(({ of }) => of)}::int[]) as w(staff_id, hash, family, parts)
      join identity_key k on k.partnership_id = ${partnership} and k.use = 'name' and k.hash = w.hash and k.handling < 2
    where k.subject_id in (select e.about_id from event e where e.partnership_id = ${partnership}
      and e.about_kind = 'person' and e.at >= ${from})
    group by w.staff_id, k.identity_id, k.subject_id),
  l as (
    select e.partnership_id, e.at, e.staff_id, e.agency_id, e.about_id, s.reference,
      (e.at at time zone ${zone})::date as day,
      -- How many different people within the minutes of the rule, up to this look.
      ${
        list === 'mass'
          ? sql`case when e.kind = any(${kinds}) then (select count(distinct w.about_id) from event w
              where w.partnership_id = e.partnership_id and w.staff_id = e.staff_id and w.about_kind = 'person'
                and w.kind = any(${kinds}) and w.at > e.at - make_interval(mins => ${rule.minutes}) and w.at <= e.at) end`
          : sql`null::bigint`
      } as people
    from event e join subject s on s.partnership_id = e.partnership_id and s.id = e.about_id
    where e.partnership_id = ${partnership} and e.about_kind = 'person' and e.viewer = 'staff' and e.at >= ${from}
      -- To say that one is too close, or why one is there, is no look.
      and e.kind not like 'conflict %' and e.kind <> 'purpose stated'
      and e.staff_id <> ${by}
      and not exists (select from conflict c where c.partnership_id = e.partnership_id and c.subject_id = e.about_id
        and c.staff_id = ${by} and c.lifted_at is null))
  select ${list === 'mass' ? sql`min(l.at) filter (where l.people > ${rule.people})` : sql`min(l.at)`} as at,
    l.staff_id, l.agency_id, ${list === 'mass' ? sql`null::text` : sql`l.reference`} as reference,
    count(*)::int as times, coalesce(max(l.people), 1)::int as people
  from l where ${rules[list]}
  group by l.staff_id, l.agency_id, l.day, ${list === 'mass' ? sql`()` : sql`l.reference`}
  ${list === 'mass' ? sql`having max(l.people) > ${rule.people}` : sql``}`
}

type Worker = { id: string; words: readonly Buffer[] }
/** Everybody with an account, with the words of their name as a search would look for them. */
const workersOf = async (tx: Tx, keys: Keys, partnership: string): Promise<Worker[]> => {
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'name'])
    .where('partnership_id', '=', partnership)
    .execute()
  return accounts.map(({ id, name }) => ({
    id,
    words: searchKeys(keys, partnership, { name }).flatMap(({ use, hash }) => (use === 'name' ? [hash] : [])),
  }))
}

type Wanted = { list: ReviewList; from: Date; zone: string; page: number }
type Listed = { counts: Record<ReviewList, number>; rows: Reviewed[]; rule: MassRule }

/** What a guardian looks over: lists of looks that follow a stated rule, across subjects and without a word of a case. */
export const reviewLooks = async (
  tx: Tx,
  house: Pick<House, 'keys' | 'looks'>,
  viewer: Viewer,
  { list, from, zone, page }: Wanted,
): Promise<Listed> => {
  if (!hasRole(viewer, 'guardian')) throw new NotFound()
  const { partnership, staff: by } = viewer
  return asProduct(tx, async () => {
    const rule = await massRule(tx, partnership)
    const workers = await workersOf(tx, house.keys, partnership)
    const asked = { partnership, by, from, zone, rule, shown: shownBy(house, rule), workers }
    const counts = {} as Record<ReviewList, number>
    for (const each of reviewLists) {
      const counted = await sql<{ n: number }>`select count(*)::int as n from (${rowsOf(asked, each)}) r`.execute(tx)
      counts[each] = counted.rows[0]?.n ?? 0
    }
    const { rows } = await sql<Reviewed>`
      select r.at, a.name, g.name as agency, r.reference, r.times, r.people
      from (${rowsOf(asked, list)}) r
        left join account a on a.partnership_id = ${partnership} and a.id = r.staff_id
        left join agency g on g.partnership_id = ${partnership} and g.id = r.agency_id
      order by r.at desc, r.staff_id, r.reference limit ${reviews_page} offset ${(page - 1) * reviews_page}`.execute(tx)
    return { counts, rows, rule }
  })
}
