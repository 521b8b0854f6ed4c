import { sql } from 'kysely'
import { enqueue, inTransaction, newId, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import { writeEnding, type Ending } from './ending.ts'

export const sectors = ['statutory', 'voluntary', 'business', 'community'] as const
export type Sector = (typeof sectors)[number]

export type AgencyFacts = {
  name: string
  kind: string
  sector: Sector
  statutoryRole: string | null
  parent: string | null
  validFrom: string | null
  areas: readonly string[]
}

const about = (id: string) => ({ kind: 'agency', id })

/** Adds an agency to who's who. Returns its id. */
export const addAgency = (tx: Tx, viewer: Viewer, facts: AgencyFacts): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    await inner
      .insertInto('agency')
      .values({
        partnership_id: viewer.partnership,
        id,
        code: await freeCode(inner, viewer, 'agency', facts.name),
        ...columns(facts),
      })
      .execute()
    await serve(inner, viewer, id, facts.areas)
    await record(inner, viewer, 'agency added', about(id))
    await tellOthers(inner, viewer)
    return id
  })

/** Changes what is known of an agency. Its code stays: other systems and files know it by that. */
export const changeAgency = (
  tx: Tx,
  viewer: Viewer,
  id: string,
  facts: AgencyFacts,
): Promise<'changed' | 'inside itself'> =>
  inTransaction(tx, async (inner) => {
    if (facts.parent && (await isWithin(inner, viewer, 'agency', facts.parent, id))) return 'inside itself'
    const { numUpdatedRows } = await inner
      .updateTable('agency')
      .set(columns(facts))
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', id)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await inner
      .deleteFrom('agency_area')
      .where('partnership_id', '=', viewer.partnership)
      .where('agency_id', '=', id)
      .execute()
    await serve(inner, viewer, id, facts.areas)
    await record(inner, viewer, 'agency changed', about(id))
    await tellOthers(inner, viewer)
    return 'changed'
  })

/** Clauses speak of agencies by kind and sector, and of all there are: what they open is worked out anew. */
const tellOthers = (tx: Tx, viewer: Viewer): Promise<void> => enqueue(tx, viewer, 'agencies changed', {})

const columns = (facts: AgencyFacts) => ({
  name: facts.name,
  kind: facts.kind,
  sector: facts.sector,
  statutory_role: facts.statutoryRole,
  parent_id: facts.parent,
  valid_from: facts.validFrom,
})

const serve = async (tx: Tx, viewer: Viewer, id: string, areas: readonly string[]): Promise<void> => {
  if (areas.length === 0) return
  const rows = areas.map((area) => ({ partnership_id: viewer.partnership, agency_id: id, area_id: area }))
  await tx.insertInto('agency_area').values(rows).execute()
}

export type AgencyEnded = 'kept' | 'follows itself' | 'your own'

/**
 * Says when an agency ends or ended and who follows. Its seats on boards and groups end with it, and so does every
 * sign-in of its people: whoever keeps the partnership does not end their own.
 */
export const endAgency = (tx: Tx, viewer: Viewer, id: string, ending: Ending): Promise<AgencyEnded> =>
  inTransaction(tx, async (inner) => {
    if (ending.validTo && viewer.kind === 'staff' && viewer.agency === id) return 'your own'
    if (!(await writeEnding(inner, 'agency', viewer.partnership, id, ending))) return 'follows itself'
    if (ending.validTo)
      await sql`update membership set valid_to = least(valid_to, ${ending.validTo}::date + 1)
        where partnership_id = ${viewer.partnership} and agency_id = ${id}`.execute(inner)
    const kind = ending.validTo ? 'agency ended' : ending.plannedEnd ? 'agency’s end planned' : 'agency goes on'
    await record(inner, viewer, kind, about(id), { on: ending.validTo ?? ending.plannedEnd })
    return 'kept'
  })

/** Adds a number that others know the agency by (ODS, URN, DfE, charity, company). */
export const addIdentifier = (
  tx: Tx,
  viewer: Viewer,
  agency: string,
  { scheme, value }: { scheme: string; value: string },
): Promise<'added' | 'taken'> =>
  inTransaction(tx, async (inner) => {
    const same = await inner
      .selectFrom('agency_identifier')
      .select('agency_id')
      .where('partnership_id', '=', viewer.partnership)
      .where(sql`lower(scheme)`, '=', scheme.toLowerCase())
      .where('value', '=', value)
      .executeTakeFirst()
    if (same) return 'taken'
    await inner
      .insertInto('agency_identifier')
      .values({ partnership_id: viewer.partnership, agency_id: agency, scheme, value, checked: true })
      .execute()
    await record(inner, viewer, 'agency identifier added', about(agency), { scheme })
    return 'added'
  })

export const removeIdentifier = (
  tx: Tx,
  viewer: Viewer,
  agency: string,
  { scheme, value }: { scheme: string; value: string },
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    await inner
      .deleteFrom('agency_identifier')
      .where('partnership_id', '=', viewer.partnership)
      .where('agency_id', '=', agency)
      .where('scheme', '=', scheme)
      .where('value', '=', value)
      .execute()
    await record(inner, viewer, 'agency identifier removed', about(agency), { scheme })
  })

/** A code made of the name, that nothing of its kind has yet. */
export const freeCode = async (
  tx: Tx,
  viewer: Viewer,
  table: 'agency' | 'body' | 'contact_point',
  name: string,
): Promise<string> => {
  const plain =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || table.replace('_', '-')
  const { rows } = await sql<{ code: string }>`select code from ${sql.id(table)}
    where partnership_id = ${viewer.partnership} and code like ${`${plain}%`}`.execute(tx)
  const taken = new Set(rows.map(({ code }) => code))
  for (let n = 1; ; n++) {
    const code = n === 1 ? plain : `${plain}-${n}`
    if (!taken.has(code)) return code
  }
}

/** Is `inner` the thing itself, or somewhere inside it? */
export const isWithin = async (
  tx: Tx,
  viewer: Viewer,
  table: 'agency' | 'area' | 'body',
  inner: string,
  outer: string,
): Promise<boolean> => {
  const { rows } = await sql<{ within: boolean }>`
    with recursive up (id) as (
      select ${inner}::uuid
      union
      select t.parent_id from ${sql.id(table)} t join up on t.id = up.id
      where t.partnership_id = ${viewer.partnership} and t.parent_id is not null)
    select exists (select from up where id = ${outer}) as within`.execute(tx)
  return rows[0]!.within
}
