import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'
import type { Ask } from '../../web/index.ts'

export type Counted = { label: string; count: number }
export type ThemeFigure = { theme: string; entries: number; findings: number; regions: number }
export type Figures = {
  total: number
  themes: ReadonlyMap<string, ThemeFigure>
  regions: Counted[]
  sizes: Counted[]
  methodologies: Counted[]
  kinds: Counted[]
  years: Counted[]
}

const kept = new WeakMap<object, { mark: string; figures: Figures }>()

/** How much there is of what, counted again whenever something came or went. */
export const figuresFor = async ({ house, tx }: Pick<Ask, 'house' | 'tx'>): Promise<Figures> => {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ', count(*), max(entered_at)) as mark from library_search`.execute(tx)
  const { mark } = rows[0]!
  const before = kept.get(house.db)
  if (before?.mark === mark) return before.figures
  const figures = await readFigures(tx)
  kept.set(house.db, { mark, figures })
  return figures
}

export const readFigures = async (tx: Tx): Promise<Figures> => {
  const by = async (column: string): Promise<Counted[]> => {
    const { rows } = await sql<Counted>`select ${sql.ref(column)}::text as label, count(*)::int as count
      from library_search where ${sql.ref(column)}::text <> '' group by 1 order by 1`.execute(tx)
    return rows
  }
  const { rows: themes } = await sql<ThemeFigure>`
    with spoken as (select theme, count(*)::int as entries, count(distinct region)::int as regions
        from library_search, unnest(themes) as theme group by theme),
      said as (select theme, count(*)::int as findings from library_finding f
        join library_entry e on e.partnership_id = f.partnership_id and e.id = f.entry_id and e.edition = f.edition,
        unnest(f.themes) as theme group by theme)
    select theme, entries, coalesce(findings, 0) as findings, regions from spoken left join said using (theme)`.execute(
    tx,
  )
  const years = await by('year')
  return {
    total: years.reduce((sum, { count }) => sum + count, 0),
    themes: new Map(themes.map((one) => [one.theme, one])),
    regions: await by('region'),
    sizes: await by('size'),
    methodologies: await by('methodology'),
    kinds: await by('kind'),
    years: years.reverse(),
  }
}

/** Where and when one theme was written about. */
export const figuresOn = async (tx: Tx, theme: string) => {
  const { rows } = await sql<{ by: 'year' | 'region' | 'area' | 'boundary'; label: string; count: number }>`
    with those as (select s.year, s.region, e.area from library_search s
      join library_entry e on e.partnership_id = s.partnership_id and e.id = s.entry_id where s.themes @> ${[theme]}::text[])
    select 'year' as by, year::text as label, count(*)::int as count from those group by year
    union all select 'region', region, count(*)::int from those where region <> '' group by region
    union all select 'area', null, count(distinct area)::int from those
    union all select 'boundary', f.boundary, count(*)::int from library_finding f
      join library_entry e on e.partnership_id = f.partnership_id and e.id = f.entry_id and e.edition = f.edition
      where f.themes @> ${[theme]}::text[] and f.boundary <> '' group by f.boundary
    order by 1, 2`.execute(tx)
  const of = (by: (typeof rows)[number]['by']): Counted[] => rows.filter((row) => row.by === by)
  return { years: of('year'), regions: of('region'), boundaries: of('boundary'), areas: of('area')[0]?.count ?? 0 }
}
