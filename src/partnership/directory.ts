import { sql } from 'kysely'
import { isId, NotFound, type Tx } from '../platform/index.ts'

/** From when to when something is there, and what is known of its end. */
export type Validity = {
  valid_from: string | null
  valid_to: string | null
  planned_end: string | null
  succession_note: string | null
}
export type Named = { id: string; name: string }

export type ListedAgency = Named &
  Validity & { kind: string; sector: string; statutory_role: string | null; invented: boolean; successors: Named[] }

export type WantedAgencies = { kind?: string; sector?: string; area?: string; words: string; ended: boolean }

/** The agencies somebody looks for, by name. Those that have ended by `today` only when asked for. */
export const listAgencies = async (
  tx: Tx,
  partnership: string,
  today: string,
  { kind, sector, area, words, ended }: WantedAgencies,
): Promise<ListedAgency[]> => {
  const { rows } = await sql<ListedAgency>`
    select a.id, a.name, a.kind, a.sector, a.statutory_role, a.invented, a.valid_from, a.valid_to, a.planned_end,
      a.succession_note, ${followers('agency', 'after')} as successors
    from agency a
    where a.partnership_id = ${partnership}
      and (${kind ?? null}::text is null or a.kind = ${kind ?? null})
      and (${sector ?? null}::text is null or a.sector = ${sector ?? null})
      and (${words} = '' or a.name ilike ${`%${words.replace(/[\\%_]/g, '\\$&')}%`} or exists (
        select from agency_identifier i where i.partnership_id = a.partnership_id and i.agency_id = a.id and i.value ilike ${words}))
      and (${ended} or coalesce(a.valid_to, 'infinity') >= ${today}::date)
      and (${area ?? null}::uuid is null or exists (
        select from agency_area s where s.partnership_id = a.partnership_id and s.agency_id = a.id
          and s.area_id in (${aroundAndWithin(partnership, area ?? null)})))
    order by a.name collate "und-x-icu"`.execute(tx)
  return rows
}

/** Whoever serves a county serves its districts too, and the other way round: both are of interest. */
const aroundAndWithin = (partnership: string, area: string | null) => sql`
  with recursive up (id, parent_id) as (
    select id, parent_id from area where partnership_id = ${partnership} and id = ${area}
    union select p.id, p.parent_id from area p join up on p.id = up.parent_id where p.partnership_id = ${partnership}
  ), down (id) as (
    select ${area}::uuid
    union select c.id from area c join down on c.parent_id = down.id where c.partnership_id = ${partnership}
  ) select id from up union select id from down`

/** Who came after, or before, as a list of names. */
const followers = (what: 'agency' | 'area', side: 'before' | 'after') => {
  const own = sql.ref(`s.${what}_id`)
  const next = sql.ref('s.successor_id')
  const [mine, theirs] = side === 'after' ? [own, next] : [next, own]
  return sql<Named[]>`coalesce((
    select json_agg(json_build_object('id', n.id, 'name', n.name) order by n.name)
    from ${sql.table(`${what}_succession`)} s join ${sql.table(what)} n on n.partnership_id = s.partnership_id and n.id = ${theirs}
    where s.partnership_id = a.partnership_id and ${mine} = a.id), '[]')`
}

export type ShownAgency = ListedAgency & {
  code: string
  parent: Named | null
  parts: Named[]
  predecessors: Named[]
  areas: Named[]
  identifiers: { scheme: string; value: string; checked: boolean }[]
  seats: (Named & { role: string })[]
}

/** Everything known of one agency, in one statement. @throws {NotFound} */
export const showAgency = async (tx: Tx, partnership: string, id: string, today: string): Promise<ShownAgency> => {
  if (!isId(id)) throw new NotFound()
  const { rows } = await sql<ShownAgency>`
    select a.id, a.code, a.name, a.kind, a.sector, a.statutory_role, a.invented, a.valid_from, a.valid_to, a.planned_end,
      a.succession_note,
      ${followers('agency', 'after')} as successors,
      ${followers('agency', 'before')} as predecessors,
      (select json_build_object('id', p.id, 'name', p.name) from agency p
        where p.partnership_id = a.partnership_id and p.id = a.parent_id) as parent,
      coalesce((select json_agg(json_build_object('id', c.id, 'name', c.name) order by c.name) from agency c
        where c.partnership_id = a.partnership_id and c.parent_id = a.id), '[]') as parts,
      coalesce((select json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name)
        from agency_area s join area r on r.partnership_id = s.partnership_id and r.id = s.area_id
        where s.partnership_id = a.partnership_id and s.agency_id = a.id), '[]') as areas,
      coalesce((select json_agg(json_build_object('scheme', i.scheme, 'value', i.value, 'checked', i.checked) order by i.scheme, i.value)
        from agency_identifier i where i.partnership_id = a.partnership_id and i.agency_id = a.id), '[]') as identifiers,
      coalesce((select json_agg(json_build_object('id', b.id, 'name', b.name, 'role', m.role) order by b.name)
        from membership m join body b on b.partnership_id = m.partnership_id and b.id = m.body_id
        where m.partnership_id = a.partnership_id and m.agency_id = a.id
          and coalesce(m.valid_to, 'infinity') > ${today}::date), '[]') as seats
    from agency a where a.partnership_id = ${partnership} and a.id = ${id}`.execute(tx)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** Kinds that agencies here are of, each once. */
export const kindsHere = async (tx: Tx, partnership: string): Promise<string[]> =>
  (
    await tx
      .selectFrom('agency')
      .select('kind')
      .distinct()
      .where('partnership_id', '=', partnership)
      .orderBy('kind')
      .execute()
  ).map(({ kind }) => kind)

export type ListedArea = Named & Validity & { gss: string; kind: string; parent_id: string | null; successors: Named[] }

/** Every area, the large before the small. */
export const listAreas = async (tx: Tx, partnership: string): Promise<ListedArea[]> =>
  (
    await sql<ListedArea>`
      select a.id, a.name, a.gss, a.kind, a.parent_id, a.valid_from, a.valid_to, a.planned_end, a.succession_note,
        ${followers('area', 'after')} as successors
      from area a where a.partnership_id = ${partnership}
      order by array_position(array['region', 'county', 'unitary', 'district', 'ward', 'other'], a.kind), a.name collate "und-x-icu"`.execute(
      tx,
    )
  ).rows

export type ListedBody = Named & {
  kind: string
  parent_id: string | null
  statutory_basis: string | null
  front_door: boolean
  note: string | null
  checked: boolean
  members: number
}

/** Boards and groups, with how many agencies sit in each. */
export const listBodies = async (tx: Tx, partnership: string, today: string): Promise<ListedBody[]> =>
  (
    await sql<ListedBody>`
      select b.id, b.name, b.kind, b.parent_id, b.statutory_basis, b.front_door, b.note, b.checked,
        (select count(*) from membership m where m.partnership_id = b.partnership_id and m.body_id = b.id
          and coalesce(m.valid_to, 'infinity') > ${today}::date) as members
      from body b where b.partnership_id = ${partnership}
      order by b.name collate "und-x-icu"`.execute(tx)
  ).rows

export type Seat = { id: string; agency_id: string; name: string; role: string; valid_from: string | null }

/** Who sits in a board or group on that day, the chair first. */
export const seatsIn = (tx: Tx, partnership: string, body: string, today: string): Promise<Seat[]> =>
  tx
    .selectFrom('membership as m')
    .innerJoin('agency as a', (join) =>
      join.onRef('a.partnership_id', '=', 'm.partnership_id').onRef('a.id', '=', 'm.agency_id'),
    )
    .select(['m.id', 'm.agency_id', 'a.name', 'm.role', 'm.valid_from'])
    .where('m.partnership_id', '=', partnership)
    .where('m.body_id', '=', body)
    .where(sql<boolean>`coalesce(m.valid_to, 'infinity') > ${today}::date`)
    .orderBy(sql`array_position(array['chair', 'deputy chair', 'member', 'observer'], m.role)`)
    .orderBy('m.position')
    .execute()

export type ListedClock = {
  code: string
  label: string
  amount: number
  unit: string
  starts_when: string
  basis: string
  at_risk_fraction: number
  valid_from: Date
}

/** The clocks as they stand at a moment. */
export const listClocks = async (tx: Tx, partnership: string, at: Date): Promise<ListedClock[]> =>
  (
    await sql<ListedClock>`
      select distinct on (label, code) code, label, amount::float8 as amount, unit, starts_when, basis,
        at_risk_fraction::float8 as at_risk_fraction, valid_from
      from clock where partnership_id = ${partnership} and valid_from <= ${at}
      order by label, code, valid_from desc`.execute(tx)
  ).rows

/** Every rule one clock has had, the newest first. */
export const clockHistory = async (tx: Tx, partnership: string, code: string): Promise<ListedClock[]> =>
  (
    await sql<ListedClock>`
      select code, label, amount::float8 as amount, unit, starts_when, basis, at_risk_fraction::float8 as at_risk_fraction, valid_from
      from clock where partnership_id = ${partnership} and code = ${code} order by valid_from desc`.execute(tx)
  ).rows

export const listHolidays = (tx: Tx, partnership: string, from: string): Promise<{ date: string; name: string }[]> =>
  tx
    .selectFrom('holiday')
    .select([sql<string>`date::text`.as('date'), 'name'])
    .where('partnership_id', '=', partnership)
    .where(sql<boolean>`date >= ${from}::date`)
    .orderBy('date')
    .execute()
