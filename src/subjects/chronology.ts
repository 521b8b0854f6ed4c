import { sql, type RawBuilder } from 'kysely'
import { dataKeys, isId, type Keys, type Tx } from '../platform/index.ts'
import type { DataClass, Handling } from '../sharing/index.ts'
import { openEntry, openSource } from './sealed.ts'
import type { AboutKind, KnownFrom, Significance } from './subject.ts'

export type Entry = {
  id: string
  agency_id: string
  kind: string
  happened_at: Date
  entered_at: Date
  entered_by: string | null
  source: string
  known_from: KnownFrom | null
  about_kind: AboutKind | null
  about_id: string | null
  amends_id: string | null
  data_class: DataClass
  handling: Handling
  /** As somebody chose it last. */
  significance: Significance
  pinned: boolean
  words: string
}

/** What somebody wants to see of it: codes and moments alone. */
export type Wanted = {
  kind?: string | undefined
  /** Whose entries. */
  agency?: string | undefined
  significance?: Significance | undefined
  from?: Date | undefined
  before?: Date | undefined
  pinned?: boolean
}
type Part = { limit?: number; offset?: number; wanted?: Wanted; only?: string }

/**
 * The entries of a subject that row-level security shows this viewer, the newest first; or one of them. What puts an
 * earlier entry right stands beside it (`amendmentsOf`), and in its own place only for whoever does not see that one.
 */
export const chronologyOf = (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
  { limit = 200, offset = 0, wanted = {}, only }: Part = {},
): Promise<Entry[]> => {
  const conditions =
    only === undefined
      ? [
          sql`e.subject_id = ${subject}`,
          sql`(e.amends_id is null or not exists (select from entry o where o.partnership_id = e.partnership_id and o.id = e.amends_id))`,
          ...narrowing(wanted),
        ]
      : [sql`e.subject_id = ${subject}`, sql`e.id = ${isId(only) ? only : null}::uuid`]
  return read(tx, keys, partnership, conditions, { limit, offset })
}

/** What puts these entries right, by the entry's id, in the order in which it was written. */
export const amendmentsOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  entries: readonly Pick<Entry, 'id'>[],
): Promise<Map<string, Entry[]>> => {
  if (entries.length === 0) return new Map()
  const ids = entries.map(({ id }) => id)
  const all = await read(tx, keys, partnership, [sql`e.amends_id = any(${ids}::uuid[])`], { limit: 1000, offset: 0 })
  const beside = Map.groupBy(all, ({ amends_id }) => amends_id!)
  for (const some of beside.values()) some.sort((a, b) => a.entered_at.getTime() - b.entered_at.getTime())
  return beside
}

/** Whose entries the viewer may see. */
export const suppliersOf = async (tx: Tx, partnership: string, subject: string): Promise<string[]> => {
  const { rows } = await sql<{ agency_id: string }>`
    select distinct agency_id from entry where partnership_id = ${partnership} and subject_id = ${subject}`.execute(tx)
  return rows.map(({ agency_id }) => agency_id)
}

const chosen = sql`(select s.significance from entry_significance s where s.partnership_id = e.partnership_id
  and s.entry_id = e.id order by s.chosen_at desc, s.id desc limit 1)`
const pinned = sql`exists (select from entry_pin p where p.partnership_id = e.partnership_id and p.entry_id = e.id
  and p.ended_at is null)`

const narrowing = ({ kind, agency, significance, from, before, ...wanted }: Wanted): RawBuilder<unknown>[] => [
  ...(kind === undefined ? [] : [sql`e.kind = ${kind}`]),
  ...(agency === undefined ? [] : [sql`e.agency_id = ${agency}::uuid`]),
  ...(significance === undefined ? [] : [sql`coalesce(${chosen}, 'ordinary') = ${significance}`]),
  ...(from === undefined ? [] : [sql`e.happened_at >= ${from}`]),
  ...(before === undefined ? [] : [sql`e.happened_at < ${before}`]),
  ...(wanted.pinned ? [pinned] : []),
]

type Row = Omit<Entry, 'words' | 'source'> & { words_sealed: Buffer; source_sealed: Buffer | null; key_id: string }

/** First which entries, then what stands beside those few: of a long story only the part that is shown is asked about. */
const read = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  conditions: readonly RawBuilder<unknown>[],
  { limit, offset }: { limit: number; offset: number },
): Promise<Entry[]> => {
  const { rows } = await sql<Row>`
    with part as (select e.* from entry e where e.partnership_id = ${partnership} and ${sql.join(conditions, sql` and `)}
      order by e.happened_at desc, e.id limit ${limit} offset ${offset})
    select e.id, e.agency_id, e.kind, e.happened_at, e.entered_at, e.entered_by, e.known_from, e.about_kind, e.about_id,
      e.amends_id, e.data_class, e.handling::int as handling, coalesce(${chosen}, 'ordinary') as significance,
      ${pinned} as pinned, e.words_sealed, e.source_sealed, e.key_id
    from part e order by e.happened_at desc, e.id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ words_sealed, source_sealed, key_id, ...entry }) => {
    const key = opened.get(key_id)
    if (!key) return []
    const { id } = entry
    return [{ ...entry, words: openEntry(key, id, words_sealed), source: openSource(key, id, source_sealed) }]
  })
}
