import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'
import type { ReportContent } from '../report/content.ts'
import type { EntryKind } from './entry.ts'

export type FindingRead = {
  id: string
  number: number
  words: string
  themes: string[]
  boundary: string
  strength: string
  field: string
  paragraph: number
  first_at: Date
}
export type EntryRead = {
  partnership: string
  id: string
  slug: string
  kind: EntryKind
  /** The report that it was made of. */
  draft: string | null
  edition: number
  title: string
  summary: string
  area: string
  region: string
  size: string
  methodology: string
  year: number
  report: ReportContent | null
  prose: string
  themes: string[]
  first_at: Date
  entered_at: Date
  findings: FindingRead[]
  /** Findings of editions before, by number. */
  dropped: number[]
}

const entryColumns = sql`e.partnership_id as partnership, e.id, e.slug, e.kind, e.draft_id as draft, e.edition, e.title, e.summary, e.area, e.region,
  e.size, e.methodology, e.year, e.report, e.prose, e.first_at, e.entered_at, s.themes,
  coalesce((select jsonb_agg(to_jsonb(f) - 'partnership_id' - 'entry_id' - 'edition' order by f.number) from library_finding f
    where f.partnership_id = e.partnership_id and f.entry_id = e.id and f.edition = e.edition), '[]') as findings,
  array(select f.number from library_finding f
    where f.partnership_id = e.partnership_id and f.entry_id = e.id and f.edition < e.edition) as dropped`
const standing = sql`library_entry e join library_search s on s.partnership_id = e.partnership_id and s.entry_id = e.id`

export const entryAt = async (tx: Tx, slug: string): Promise<EntryRead | undefined> => {
  const { rows } = await sql<EntryRead>`select ${entryColumns} from ${standing} where e.slug = ${slug}`.execute(tx)
  return rows.map(dated)[0]
}

/** Some entries after another, in the order of their addresses: how a copy of the whole library reads it. */
export const entriesAfter = async (tx: Tx, slug: string, most: number): Promise<EntryRead[]> => {
  const { rows } = await sql<EntryRead>`select ${entryColumns} from ${standing}
    where e.slug > ${slug} order by e.slug limit ${most}`.execute(tx)
  return rows.map(dated)
}

/** Inside JSON a moment is text. */
const dated = (entry: EntryRead): EntryRead => ({
  ...entry,
  findings: entry.findings.map((one) => ({ ...one, first_at: new Date(one.first_at) })),
})

export type Tombstone = { slug: string; fell_at: Date }
export const tombstoneAt = (tx: Tx, slug: string): Promise<Tombstone | undefined> =>
  tx.selectFrom('library_tombstone').select(['slug', 'fell_at']).where('slug', '=', slug).executeTakeFirst()
export const tombstones = (tx: Tx): Promise<Tombstone[]> =>
  tx.selectFrom('library_tombstone').select(['slug', 'fell_at']).orderBy('slug').execute()

/** One finding with where it stands, for lists across entries. */
export type FindingListed = Omit<FindingRead, 'id' | 'first_at' | 'field' | 'paragraph'> & {
  slug: string
  title: string
  area: string
  region: string
  year: number
}

/** Findings of a theme, the strongest evidence first, then the newest. */
export const findingsOn = async (
  tx: Tx,
  theme: string,
  strongestFirst: readonly string[],
  most: number,
): Promise<FindingListed[]> => {
  const { rows } = await sql<FindingListed>`
    select f.number, f.words, f.themes, f.boundary, f.strength, e.slug, e.title, e.area, e.region, e.year
    from library_finding f join library_entry e on e.partnership_id = f.partnership_id and e.id = f.entry_id and e.edition = f.edition
    where f.themes @> ${[theme]}::text[]
    order by array_position(${[...strongestFirst]}::text[], f.strength), e.year desc, e.slug, f.number limit ${most}`.execute(
    tx,
  )
  return rows
}
