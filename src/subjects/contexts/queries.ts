import { sql } from 'kysely'
import { asProduct, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { existingFor } from '../existing-for.ts'
import { openWords } from '../sealed.ts'
import type { ContextKind } from './context.ts'

export type Described = { subject_id: string; name: string; where: string; area_id: string | null }

/** What these are called and where they are, of those that row-level security shows this viewer. */
export const describedContexts = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subjects: readonly string[],
): Promise<Map<string, Described>> => {
  if (subjects.length === 0) return new Map()
  const rows = await tx
    .selectFrom('context')
    .select(['id', 'subject_id', 'area_id', 'name_sealed', 'where_sealed', 'key_id'])
    .where('partnership_id', '=', partnership)
    .where('subject_id', 'in', subjects)
    .where('replaced_at', 'is', null)
    .execute()
  const columns = ['name', 'where'] as const
  const all = await openWords(tx, keys, partnership, { table: 'context', columns, rows })
  return new Map(all.map((one) => [one.subject_id, one]))
}

export type ContextListed = {
  subject: string
  reference: string
  kind: ContextKind
  area: string | null
  opened_at: Date
}

const most_listed = 200

/**
 * Places, groups and online spaces that the viewer's agency has to do with and that exist for this viewer, the newest
 * first. What they are called is behind the gate of each.
 */
export const contextsFor = async (
  tx: Tx,
  viewer: StaffViewer,
  { now, zone }: { now: Date; zone: string },
): Promise<ContextListed[]> => {
  type Row = ContextListed & { supplier: string; adult_from: string | null; handling: 0 | 1 | 2 }
  const rows = await asProduct(tx, async () => {
    const found = await sql<Row>`
      select s.id as subject, s.reference, s.kind, a.name as area, s.opened_at, s.agency_id as supplier, s.adult_from,
        s.handling::int as handling
      from subject s
        left join context c on c.partnership_id = s.partnership_id and c.subject_id = s.id and c.replaced_at is null
        left join area a on a.partnership_id = c.partnership_id and a.id = c.area_id
      where s.partnership_id = ${viewer.partnership} and s.kind <> 'person' and s.erased_at is null
        and (s.agency_id = ${viewer.agency} or exists (select from involvement i where i.partnership_id = s.partnership_id
          and i.subject_id = s.id and i.agency_id = ${viewer.agency} and i.role <> 'feed'
          and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now})))
      order by s.opened_at desc, s.id limit ${most_listed}`.execute(tx)
    return found.rows
  })
  return existingFor(tx, viewer, rows, { now, zone })
}

export type Tied = { subject: string; reference: string; kind: string }

/** Of these records, those that some purpose opens for this viewer, without the glass: by reference, never by name. */
export const tiedFor = async (
  tx: Tx,
  viewer: StaffViewer,
  ids: readonly string[],
  { now, zone }: { now: Date; zone: string },
): Promise<Tied[]> => recordsFor(tx, viewer, sql`s.id = any(${ids}::uuid[])`, { now, zone })

/** The person with this reference, where some purpose opens their record for this viewer. */
export const personCalled = async (
  tx: Tx,
  viewer: StaffViewer,
  reference: string,
  { now, zone }: { now: Date; zone: string },
): Promise<Tied | undefined> => {
  const said = reference.trim().toUpperCase()
  return (await recordsFor(tx, viewer, sql`s.reference = ${said} and s.kind = 'person'`, { now, zone }))[0]
}

const recordsFor = async (
  tx: Tx,
  viewer: StaffViewer,
  which: ReturnType<typeof sql>,
  clock: { now: Date; zone: string },
): Promise<Tied[]> => {
  type Row = Tied & { supplier: string; adult_from: string | null; handling: 0 | 1 | 2 }
  const rows = await asProduct(tx, async () => {
    const found = await sql<Row>`
      select s.id as subject, s.reference, s.kind, s.agency_id as supplier, s.adult_from, s.handling::int as handling
      from subject s where s.partnership_id = ${viewer.partnership} and s.erased_at is null and ${which}
      order by s.reference limit 100`.execute(tx)
    return found.rows
  })
  const there = await existingFor(tx, viewer, rows, { ...clock, glass: false })
  return there.map(({ subject, reference, kind }) => ({ subject, reference, kind }))
}

/** Of these ids, those that are people: lists of people name nobody else. */
export const peopleAmong = (tx: Tx, partnership: string, ids: readonly string[]): Promise<Set<string>> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ id: string }>`select id from subject
      where partnership_id = ${partnership} and id = any(${ids}::uuid[]) and kind = 'person'`.execute(tx)
    return new Set(rows.map(({ id }) => id))
  })
