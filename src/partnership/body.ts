import { inTransaction, newId, NotFound, record, type Tx, type Viewer } from '../platform/index.ts'
import { freeCode, isWithin } from './agency.ts'

export const bodyKinds = ['board', 'subgroup', 'panel', 'team', 'network'] as const
export type BodyKind = (typeof bodyKinds)[number]
export const seatRoles = ['chair', 'deputy chair', 'member', 'observer'] as const
export type SeatRole = (typeof seatRoles)[number]

export type BodyFacts = {
  name: string
  kind: BodyKind
  parent: string | null
  statutoryBasis: string | null
  note: string | null
}

const about = (id: string) => ({ kind: 'body', id })
const columns = (facts: BodyFacts) => ({
  name: facts.name,
  kind: facts.kind,
  parent_id: facts.parent,
  statutory_basis: facts.statutoryBasis,
  note: facts.note,
  checked: true,
})

/** Adds a board or group. Returns its id. */
export const addBody = (tx: Tx, viewer: Viewer, facts: BodyFacts): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    await inner
      .insertInto('body')
      .values({
        partnership_id: viewer.partnership,
        id,
        code: await freeCode(inner, viewer, 'body', facts.name),
        ...columns(facts),
      })
      .execute()
    await record(inner, viewer, 'board added', about(id))
    return id
  })

export const changeBody = (
  tx: Tx,
  viewer: Viewer,
  id: string,
  facts: BodyFacts,
): Promise<'changed' | 'inside itself'> =>
  inTransaction(tx, async (inner) => {
    if (facts.parent && (await isWithin(inner, viewer, 'body', facts.parent, id))) return 'inside itself'
    const { numUpdatedRows } = await inner
      .updateTable('body')
      .set(columns(facts))
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', id)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await record(inner, viewer, 'board changed', about(id))
    return 'changed'
  })

/** Gives an agency a seat from `from` on. In the front door this lets its duty workers see every concern. */
export const addMember = (
  tx: Tx,
  viewer: Viewer,
  body: string,
  { agency, role, from }: { agency: string; role: SeatRole; from: string },
): Promise<'added' | 'sits already'> =>
  inTransaction(tx, async (inner) => {
    const seats = await inner
      .selectFrom('membership')
      .select(['agency_id', 'valid_to', 'position'])
      .where('partnership_id', '=', viewer.partnership)
      .where('body_id', '=', body)
      .execute()
    if (seats.some((seat) => seat.agency_id === agency && (seat.valid_to === null || seat.valid_to > from)))
      return 'sits already'
    await inner
      .insertInto('membership')
      .values({
        partnership_id: viewer.partnership,
        id: newId(),
        body_id: body,
        agency_id: agency,
        role,
        valid_from: from,
        position: Math.max(-1, ...seats.map(({ position }) => position)) + 1,
      })
      .execute()
    await record(inner, viewer, 'board member added', about(body), { agency, role })
    return 'added'
  })

/** Ends a seat: from `on` it counts no more. The last seat in the front door stays, or nobody could decide. */
export const endMember = (
  tx: Tx,
  viewer: Viewer,
  body: string,
  membership: string,
  on: string,
): Promise<'ended' | 'last in the front door'> =>
  inTransaction(tx, async (inner) => {
    const seats = await inner
      .selectFrom('membership as m')
      .innerJoin('body as b', (join) =>
        join.onRef('b.partnership_id', '=', 'm.partnership_id').onRef('b.id', '=', 'm.body_id'),
      )
      .select(['m.id', 'm.agency_id', 'b.front_door'])
      .where('m.partnership_id', '=', viewer.partnership)
      .where('m.body_id', '=', body)
      .where((seat) => seat.or([seat('m.valid_to', 'is', null), seat('m.valid_to', '>', on)]))
      .execute()
    const seat = seats.find(({ id }) => id === membership)
    if (!seat) throw new NotFound()
    if (seat.front_door && seats.length === 1) return 'last in the front door'
    await inner
      .updateTable('membership')
      .set({ valid_to: on })
      .where('partnership_id', '=', viewer.partnership)
      .where('id', '=', membership)
      .execute()
    await record(inner, viewer, 'board member ended', about(body), { agency: seat.agency_id })
    return 'ended'
  })
