import { sql } from 'kysely'
import { asProduct, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import type { AgeFrame, DataClass, Handling, Resource } from '../sharing/index.ts'
import { openIdentities, type Identity } from './sealed.ts'
import { frameOn } from './subject.ts'

/** What the gate asks of a subject before anybody may see it: nothing that names anybody. */
export type SubjectFacts = {
  id: string
  supplier: string
  reference: string
  kind: string
  adult_from: string | null
  handling: Handling
  opened_at: Date
}

/** Runs as the product: the gate decides what becomes of it. */
export const subjectFacts = (tx: Tx, partnership: string, id: string): Promise<SubjectFacts | undefined> =>
  asProduct(tx, async () => {
    const { rows } = await sql<SubjectFacts>`
      select id, agency_id as supplier, reference, kind, adult_from, handling::int as handling, opened_at
      from subject where partnership_id = ${partnership} and id = ${id}`.execute(tx)
    return rows[0]
  })

const identityColumns = [
  'id',
  'subject_id',
  'agency_id',
  'born_on',
  'area_id',
  'area_how',
  'over_border',
  'entered_at',
  'key_id',
  'name_sealed',
  'known_as_sealed',
  'pronouns_sealed',
  'address_sealed',
  'phone_sealed',
  'nhs_number_sealed',
  'other_reference_sealed',
] as const

/** Who somebody is, as each agency whose row the viewer may see knows them; the newest first. */
export const identitiesOf = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subjects: readonly string[],
): Promise<Identity[]> => {
  if (subjects.length === 0) return []
  const rows = await tx
    .selectFrom('identity')
    .select(identityColumns)
    .where('partnership_id', '=', partnership)
    .where('subject_id', 'in', subjects)
    .where('replaced_at', 'is', null)
    .orderBy('entered_at', 'desc')
    .execute()
  return openIdentities(tx, keys, partnership, rows)
}

/**
 * Who somebody is as each agency knows them, for the product alone to find the same person elsewhere. What is sealed, or
 * of a record that is, takes no part: even that there may be a match would tell of it.
 */
export const identitiesToMatch = (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<(Identity & { handling: Handling })[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ id: string; handling: Handling }>`
      select i.id, greatest(i.handling::int, s.handling::int) as handling from identity i
      join subject s on s.partnership_id = i.partnership_id and s.id = i.subject_id
      where i.partnership_id = ${partnership} and i.subject_id = ${subject} and i.replaced_at is null
        and i.handling::int < 2 and s.handling::int < 2`.execute(tx)
    const open = new Map(rows.map(({ id, handling }) => [id, handling]))
    const all = await identitiesOf(tx, keys, partnership, [subject])
    return all.flatMap((identity) => {
      const handling = open.get(identity.id)
      return handling === undefined ? [] : [{ ...identity, handling }]
    })
  })

/** Every subject there is, a thousand at a time in the order of their ids: for the product alone. */
export const subjectsAfter = async (tx: Tx, partnership: string, after?: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from subject
    where partnership_id = ${partnership} and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
    order by id limit 1000`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Every row of a subject by what `decide` asks of it, and none of its words. Runs as the product, to count what is withheld. */
export const rowsToDecide = (
  tx: Tx,
  partnership: string,
  subject: SubjectFacts,
  today: string,
): Promise<(Resource & { id: string })[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ id: string; supplier: string; dataClass: DataClass; handling: Handling }>`
      select id, agency_id as supplier, data_class as "dataClass", handling::int as handling from entry
      where partnership_id = ${partnership} and subject_id = ${subject.id}`.execute(tx)
    const age: AgeFrame = frameOn(subject.adult_from, today)
    return rows.map((row) => ({ ...row, age }))
  })

/** References of the subjects a viewer works with; names are behind the gate of each, since each needs its purpose. */
export const referencesOf = (tx: Tx, viewer: StaffViewer, ids: readonly string[]): Promise<Map<string, string>> =>
  asProduct(tx, async () => {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .selectFrom('subject')
      .select(['id', 'reference'])
      .where('partnership_id', '=', viewer.partnership)
      .where('id', 'in', ids)
      .execute()
    return new Map(rows.map(({ id, reference }) => [id, reference]))
  })
