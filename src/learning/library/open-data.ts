import { sql } from 'kysely'
import { safeCsv } from '../../joining/index.ts'
import type { Tx } from '../../platform/index.ts'
import { entryPath, findingPath } from './cite.ts'
import type { Site } from './site.ts'

type EntryRow = {
  slug: string
  kind: string
  title: string
  summary: string
  area: string
  region: string
  size: string
  methodology: string
  year: number
  themes: string[]
  edition: number
  entered_at: Date
  findings: number
}
type FindingRow = {
  slug: string
  number: number
  words: string
  themes: string[]
  boundary: string
  strength: string
  area: string
  region: string
  year: number
  title: string
  field: string
  paragraph: number
}

export type OpenData = { entries: EntryRow[]; findings: FindingRow[] }

/** Everything that stands in the library, without the texts themselves: each of those has its own file. */
export const openData = async (tx: Tx): Promise<OpenData> => {
  const { rows: entries } = await sql<EntryRow>`
    select e.slug, e.kind, e.title, e.summary, e.area, e.region, e.size, e.methodology, e.year, s.themes, e.edition, e.entered_at,
      (select count(*)::int from library_finding f
        where f.partnership_id = e.partnership_id and f.entry_id = e.id and f.edition = e.edition) as findings
    from library_entry e join library_search s on s.partnership_id = e.partnership_id and s.entry_id = e.id
    order by e.slug`.execute(tx)
  const { rows: findings } = await sql<FindingRow>`
    select e.slug, f.number, f.words, f.themes, f.boundary, f.strength, e.area, e.region, e.year, e.title, f.field, f.paragraph
    from library_finding f join library_entry e
      on e.partnership_id = f.partnership_id and e.id = f.entry_id and e.edition = f.edition
    order by e.slug, f.number`.execute(tx)
  return { entries, findings }
}

type Cells = Record<string, string | number>
const many = (codes: readonly string[]): string => codes.join(';')

export const entryCells = (site: Site, row: EntryRow): Cells => ({
  address: site.whole(entryPath(row)),
  kind: row.kind,
  title: row.title,
  summary: row.summary,
  area: row.area,
  region: row.region,
  size: row.size,
  methodology: row.methodology,
  year: row.year,
  themes: many(row.themes),
  edition: row.edition,
  published: row.entered_at.toISOString().slice(0, 10),
  findings: row.findings,
})

export const findingCells = (site: Site, row: FindingRow): Cells => ({
  address: site.whole(findingPath(row.slug, row.number)),
  words: row.words,
  themes: many(row.themes),
  boundary: row.boundary,
  strength: row.strength,
  area: row.area,
  region: row.region,
  year: row.year,
  report: row.title,
  field: row.field,
  paragraph: row.paragraph,
})

/** The columns of each table, in order, with the type that CSVW has for them. */
const whole = new Set(['year', 'edition', 'findings', 'paragraph'])
export const tables = {
  reports: 'address kind title summary area region size methodology year themes edition published findings'.split(' '),
  findings: 'address words themes boundary strength area region year report field paragraph'.split(' '),
} as const
export type TableName = keyof typeof tables

export const csvOf = (name: TableName, rows: readonly Cells[]): Buffer =>
  safeCsv([tables[name], ...rows.map((row) => tables[name].map((column) => row[column] ?? ''))])

/** What the columns mean, for programs (W3C, Metadata Vocabulary for Tabular Data). */
export const csvwOf = (site: Site, name: TableName): Buffer =>
  asJson({
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url: `${name}.csv`,
    'dc:title': `${site.w.library.title}: ${site.w.library.about[name]}`,
    dialect: { header: true, encoding: 'utf-8' },
    tableSchema: {
      columns: tables[name].map((column) => ({
        name: column,
        titles: column,
        'dc:description': site.w.library.columns[column as keyof Site['w']['library']['columns']],
        datatype: whole.has(column)
          ? 'integer'
          : column === 'published'
            ? 'date'
            : column === 'address'
              ? 'anyURI'
              : 'string',
        ...(column === 'themes' && { separator: ';' }),
        required: column === 'address',
      })),
      primaryKey: 'address',
    },
  })

export const jsonOf = (site: Site, { entries, findings }: OpenData): Buffer =>
  asJson({
    title: site.w.library.title,
    address: site.whole('/library'),
    entries: entries.map((row) => ({ ...entryCells(site, row), themes: row.themes })),
    findings: findings.map((row) => ({ ...findingCells(site, row), themes: row.themes })),
  })

export const asJson = (what: object): Buffer => Buffer.from(`${JSON.stringify(what, undefined, 1)}\n`)
