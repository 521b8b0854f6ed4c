import { agencyNames, seatsIn } from '../../partnership/index.ts'
import {
  asProduct,
  inTransaction,
  localDate,
  newId,
  NotFound,
  randomBase32,
  record,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { keepsSitting, type Sitting, type SittingKind } from './sitting.ts'

export type Calling = {
  kind: SittingKind
  body: string | null
  purpose: string
  basis: string
  condition: string
  starts_at: Date
  ends_at: Date
  place: string
}

const short: Record<SittingKind, string> = {
  mace: 'MACE',
  'adult panel': 'ADULT',
  'joint panel': 'JOINT',
  'daily meeting': 'DAILY',
}

/** Calls a sitting; whoever has a seat on the standing panel that day is asked. It opens nothing to them. @returns its id */
export const callSitting = (
  tx: Tx,
  viewer: StaffViewer,
  { body, ...calling }: Calling,
  { at, zone }: { at: Date; zone: string },
): Promise<string> =>
  inTransaction(tx, async (inner) => {
    const id = newId()
    await asProduct(inner, () =>
      inner
        .insertInto('panel_sitting')
        .values({
          ...calling,
          partnership_id: viewer.partnership,
          id,
          agency_id: viewer.agency,
          body_id: body,
          reference: `${short[calling.kind]}-${randomBase32(6)}`,
          called_by: viewer.staff,
          called_at: at,
        })
        .execute(),
    )
    await record(inner, viewer, 'panel called', { kind: 'panel', id }, { kind: calling.kind, purpose: calling.purpose })
    const members = body ? await seatsIn(inner, viewer.partnership, body, localDate(calling.starts_at, zone)) : []
    const asked = new Set([viewer.agency, ...members.map(({ agency_id }) => agency_id)])
    for (const agency of asked)
      await seat(inner, viewer, { id, agency_id: viewer.agency }, { agency, rule: 'member' }, at)
    return id
  })

/** Asks an agency to come. @throws {NotFound} when the sitting is not the viewer's to keep */
export const askAgency = (
  tx: Tx,
  viewer: StaffViewer,
  sitting: Sitting,
  asked: { agency: string; rule: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (!keepsSitting(viewer, sitting)) throw new NotFound()
    if (!(await agencyNames(inner, [asked.agency])).has(asked.agency)) throw new NotFound()
    await seat(inner, viewer, sitting, asked, at)
  })

const seat = async (
  tx: Tx,
  viewer: StaffViewer,
  { id, agency_id }: Pick<Sitting, 'id' | 'agency_id'>,
  { agency, rule }: { agency: string; rule: string },
  at: Date,
): Promise<void> => {
  const made = await asProduct(tx, () =>
    tx
      .insertInto('panel_seat')
      .values({
        partnership_id: viewer.partnership,
        id: newId(),
        sitting_id: id,
        agency_id,
        of_agency_id: agency,
        rule,
        asked_by: viewer.staff,
        asked_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst(),
  )
  if (made.numInsertedOrUpdatedRows !== 1n) return
  await record(tx, viewer, 'panel agency asked', { kind: 'panel', id }, { agency, rule })
}

/** It does not take place. What is on it is another matter: each stays due. @throws {NotFound} */
export const callOff = (tx: Tx, viewer: StaffViewer, sitting: Sitting, at: Date): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (!keepsSitting(viewer, sitting)) throw new NotFound()
    await asProduct(inner, () =>
      inner
        .updateTable('panel_sitting')
        .set({ called_off_at: at, called_off_by: viewer.staff })
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', sitting.id)
        .execute(),
    )
    await record(inner, viewer, 'panel called off', { kind: 'panel', id: sitting.id })
  })
