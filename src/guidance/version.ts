import { sql } from 'kysely'
import type { Tx } from '../platform/index.ts'
import type { AnyWords, Kind, Piece, Publication } from './guidance.ts'

const tables = {
  definition: 'definition',
  type: 'exploitation_type',
  setting: 'setting',
  sign: 'sign',
  offer: 'offer',
  page: 'guidance_page',
  'for-you': 'person_page',
} as const satisfies Record<Kind, string>

/** Lists that are drawn rather than asked: the driver takes them as JSON, plain lists of sentences as arrays. */
const drawn = new Set(['maps_to', 'extra_contacts', 'sections', 'actions', 'ways_to_talk'])

export type NewVersion = Pick<Publication, 'kind' | 'code' | 'version' | 'origin' | 'position' | 'review_by'> &
  Partial<
    Pick<Publication, 'shipped_version' | 'edited_by' | 'published_by' | 'why' | 'restored_from' | 'published_at'>
  >

/** Writes versions with their words; all of one kind go in together. */
export const addVersions = async (
  tx: Tx,
  partnership_id: string,
  versions: readonly { head: NewVersion; words: AnyWords }[],
): Promise<void> => {
  if (versions.length === 0) return
  await tx
    .insertInto('publication')
    .values(versions.map(({ head }) => ({ partnership_id, ...head })))
    .execute()
  for (const kind of new Set(versions.map(({ head }) => head.kind))) {
    const rows = versions
      .filter(({ head }) => head.kind === kind)
      .map(({ head: { code, version }, words }) => ({ partnership_id, code, version, ...columns(words) }))
    await tx
      .insertInto(tables[kind])
      .values(rows as never)
      .execute()
  }
}

const columns = (words: AnyWords) =>
  Object.fromEntries(
    Object.entries(words).map(([name, value]) => [name, drawn.has(name) ? JSON.stringify(value) : value]),
  )

/** The pieces of one kind that are published now, in their order. */
export const published = async <K extends Kind>(tx: Tx, partnership: string, kind: K): Promise<Piece<K>[]> => {
  const { rows } = await sql<Piece<K>>`
    select w.*, n.* from guidance_now n
    join ${sql.table(tables[kind])} w using (partnership_id, code, version)
    where n.partnership_id = ${partnership} and n.kind = ${kind} and not n.withdrawn
    order by n.position, n.code`.execute(tx)
  return rows.map(whole)
}

/** Every version of one piece, newest first. */
export const versionsOf = async <K extends Kind>(
  tx: Tx,
  partnership: string,
  kind: K,
  code: string,
): Promise<Piece<K>[]> => {
  const { rows } = await sql<Piece<K>>`
    select w.*, p.* from publication p
    join ${sql.table(tables[kind])} w using (partnership_id, code, version)
    where p.partnership_id = ${partnership} and p.kind = ${kind} and p.code = ${code}
    order by p.version desc`.execute(tx)
  return rows.map(whole)
}

/** The database's own columns are of no use to a page. */
const whole = <T extends object>(row: T): T => {
  const { partnership_id: _p, data_class: _d, handling: _h, withdrawn: _w, ...piece } = row as Record<string, unknown>
  return piece as T
}
