import { sql } from 'kysely'
import type { Span, Tx } from '../platform/index.ts'

/** How long one step may take in this partnership. */
export type ClockRule = Span & {
  code: string
  label: string
  /** From which part of the time on it counts as at risk, 0 to 1. */
  atRiskFraction: number
}

/**
 * The rule of a clock that starts at `at`: the newest one by then.
 * @returns undefined where this partnership has no such clock ("blue: none")
 */
export const clockOf = async (tx: Tx, partnership: string, code: string, at: Date): Promise<ClockRule | undefined> => {
  const row = await tx
    .selectFrom('clock')
    .select(['code', 'label', 'amount', 'unit', 'at_risk_fraction'])
    .where('partnership_id', '=', partnership)
    .where('code', '=', code)
    .where('valid_from', '<=', at)
    .orderBy('valid_from', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      code: row.code,
      label: row.label,
      amount: Number(row.amount),
      unit: row.unit as Span['unit'],
      atRiskFraction: Number(row.at_risk_fraction),
    }
  )
}

/** The districts and counties of a partnership, to choose one from. */
export const areasNamed = (tx: Tx, partnership: string): Promise<{ id: string; name: string }[]> =>
  tx
    .selectFrom('area')
    .select(['id', 'name'])
    .where('partnership_id', '=', partnership)
    .where('kind', 'in', ['county', 'district', 'unitary'])
    .orderBy('name')
    .execute()

/**
 * The areas that an address may lie in, and which of them are an agency's own: those it works in, what lies in them, and
 * what they lie in. Of an agency that is tied to no area all are its own.
 */
export const areasFor = async (
  tx: Tx,
  partnership: string,
  agency: string,
): Promise<{ id: string; name: string; isOwn: boolean }[]> => {
  const { rows } = await sql<{ id: string; name: string; isOwn: boolean }>`
    with recursive theirs as (select area_id as id from agency_area where partnership_id = ${partnership} and agency_id = ${agency}),
      within as (select id from theirs union select a.id from area a join within w on a.parent_id = w.id
        where a.partnership_id = ${partnership}),
      around as (select id from theirs union select a.parent_id from area a join around r on a.id = r.id
        where a.partnership_id = ${partnership} and a.parent_id is not null)
    select a.id, a.name, not exists (select from theirs) or a.id in (select id from within union select id from around) as "isOwn"
    from area a where a.partnership_id = ${partnership} and a.kind in ('county', 'district', 'unitary') order by a.name`.execute(
    tx,
  )
  return rows
}

/** The names of agencies by id, for a page that asks once and then renders. */
export const agencyNames = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await tx
    .selectFrom('agency')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export type AgencyItem = { id: string; code: string; name: string; kind: string; sector: string }

/**
 * Agencies of the partnership by name.
 * @param on only those that exist on that day (YYYY-MM-DD); without it, the ended ones too
 */
export const agencies = (tx: Tx, partnership: string, { on }: { on?: string } = {}): Promise<AgencyItem[]> =>
  tx
    .selectFrom('agency')
    .select(['id', 'code', 'name', 'kind', 'sector'])
    .where('partnership_id', '=', partnership)
    .$if(on !== undefined, (rows) =>
      rows.where(
        sql<boolean>`coalesce(valid_from, '-infinity') <= ${on}::date and coalesce(valid_to, 'infinity') >= ${on}::date`,
      ),
    )
    .orderBy(sql`name collate "und-x-icu"`)
    .execute()

export type ContactPoint = {
  id: string
  code: string
  label: string
  /** 'public', 'professional' or 'both'. */
  audience: string
  phone: string | null
  text_number: string | null
  email: string | null
  url: string | null
  hours: string | null
  note: string | null
  demo: boolean
  checked: boolean
}

/** How to reach the partnership, in its own order. `code` says what each is for: 'children-front-door', 'out-of-hours'. */
export const contactPoints = (tx: Tx, partnership: string): Promise<ContactPoint[]> =>
  tx
    .selectFrom('contact_point')
    .select([
      'id',
      'code',
      'label',
      'audience',
      'phone',
      'text_number',
      'email',
      'url',
      'hours',
      'note',
      'demo',
      'checked',
    ])
    .where('partnership_id', '=', partnership)
    .orderBy('position')
    .orderBy('label')
    .execute()

/** The agencies whose people sit in the front door team on a day. */
export const frontDoorAgencies = async (tx: Tx, partnership: string, at = new Date()): Promise<string[]> => {
  const { rows } = await sql<{ agency_id: string }>`
    select distinct m.agency_id from membership m
    join body b on b.partnership_id = m.partnership_id and b.id = m.body_id
    where m.partnership_id = ${partnership} and b.front_door
      and coalesce(m.valid_from, '-infinity') <= ${at}::date and coalesce(m.valid_to, 'infinity') > ${at}::date`.execute(
    tx,
  )
  return rows.map(({ agency_id }) => agency_id)
}

/**
 * The agency that answers for what the public sends: of those in the front door team, children's social care before
 * the others, then in the order they were listed.
 * @throws {Error} when the partnership has no front door with a member in it
 */
export const frontDoorAgency = async (tx: Tx, partnership: string, at = new Date()): Promise<string> => {
  const row = await tx
    .selectFrom('membership as m')
    .innerJoin('body as b', (join) =>
      join.onRef('b.partnership_id', '=', 'm.partnership_id').onRef('b.id', '=', 'm.body_id'),
    )
    .innerJoin('agency as a', (join) =>
      join.onRef('a.partnership_id', '=', 'm.partnership_id').onRef('a.id', '=', 'm.agency_id'),
    )
    .select('a.id')
    .where('m.partnership_id', '=', partnership)
    .where('b.front_door', '=', true)
    .where(
      sql<boolean>`coalesce(m.valid_from, '-infinity') <= ${at}::date and coalesce(m.valid_to, 'infinity') > ${at}::date`,
    )
    .where(sql<boolean>`coalesce(a.valid_to, 'infinity') >= ${at}::date`)
    .orderBy(sql`a.kind <> 'childrens-social-care'`)
    .orderBy('m.position')
    .limit(1)
    .executeTakeFirst()
  if (!row) throw new Error('no agency sits in the front door of this partnership')
  return row.id
}
