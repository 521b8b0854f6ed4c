import { inTransaction, newId, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import { isWithin } from './agency.ts'
import { writeEnding, type Ending } from './ending.ts'

export const areaKinds = ['region', 'county', 'unitary', 'district', 'ward', 'other'] as const
export type AreaKind = (typeof areaKinds)[number]

export type AreaFacts = { gss: string; kind: AreaKind; name: string; parent: string | null; validFrom: string | null }

const about = (id: string) => ({ kind: 'area', id })
const columns = (facts: AreaFacts) => ({
  gss: facts.gss,
  kind: facts.kind,
  name: facts.name,
  parent_id: facts.parent,
  valid_from: facts.validFrom,
})

export const addArea = (tx: Tx, viewer: Viewer, facts: AreaFacts): Promise<{ id: string } | 'code taken'> =>
  inTransaction(tx, async (inner) => {
    if (await holderOf(inner, viewer, facts.gss)) return 'code taken'
    const id = newId()
    await inner
      .insertInto('area')
      .values({ partnership_id: viewer.partnership, id, ...columns(facts) })
      .execute()
    await record(inner, viewer, 'area added', about(id), { gss: facts.gss })
    return { id }
  })

export const changeArea = (
  tx: Tx,
  viewer: Viewer,
  id: string,
  facts: AreaFacts,
): Promise<'changed' | 'code taken' | 'inside itself'> =>
  inTransaction(tx, async (inner) => {
    const holder = await holderOf(inner, viewer, facts.gss)
    if (holder && holder !== id) return 'code taken'
    if (facts.parent && (await isWithin(inner, viewer, 'area', facts.parent, id))) return 'inside itself'
    const { numUpdatedRows } = await inner
      .updateTable('area')
      .set(columns(facts))
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', id)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await record(inner, viewer, 'area changed', about(id), { gss: facts.gss })
    return 'changed'
  })

const holderOf = async (tx: Tx, viewer: Viewer, gss: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('area')
      .select('id')
      .where('partnership_id', '=', viewer.partnership)
      .where('gss', '=', gss)
      .executeTakeFirst()
  )?.id

/** Says when an area ends or ended and which follow it. */
export const endArea = (tx: Tx, viewer: Viewer, id: string, ending: Ending): Promise<'kept' | 'follows itself'> =>
  inTransaction(tx, async (inner) => {
    if (!(await writeEnding(inner, 'area', viewer.partnership, id, ending))) return 'follows itself'
    const kind = ending.validTo ? 'area ended' : ending.plannedEnd ? 'area’s end planned' : 'area goes on'
    await record(inner, viewer, kind, about(id), { on: ending.validTo ?? ending.plannedEnd })
    return 'kept'
  })
