import {
  asProduct,
  inTransaction,
  newId,
  record,
  type Keys,
  type StaffViewer,
  type Stated,
  type Tx,
} from '../../platform/index.ts'
import { statementsOf, statePurpose } from '../../sharing/index.ts'
import { itemsOf } from './agenda.ts'
import type { Sitting } from './sitting.ts'

/**
 * Somebody declares what they are at a sitting for, and that what they hear stays. It holds for the day, and counts for
 * everybody on the agenda whom the agreement shows them: nobody is asked for the same purpose again person by person.
 * The transaction runs for that purpose already.
 */
export const declareAt = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer & { stated: Stated },
  sitting: Sitting,
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const { partnership, staff, agency, stated } = viewer
    await asProduct(inner, () =>
      inner
        .insertInto('panel_declaration')
        .values({
          partnership_id: partnership,
          id: newId(),
          sitting_id: sitting.id,
          agency_id: sitting.agency_id,
          of_agency_id: agency,
          staff_id: staff,
          said_at: at,
          until_at: stated.until,
        })
        .execute(),
    )
    await record(
      inner,
      viewer,
      'panel declaration made',
      { kind: 'panel', id: sitting.id },
      { purpose: stated.purpose },
    )
    const seen = (await itemsOf(inner, keys, partnership, sitting.id)).map(({ subject_id }) => subject_id)
    const said = await statementsOf(inner, viewer, seen, at)
    for (const subject of seen) if (!said.has(subject)) await statePurpose(inner, viewer, subject, stated, at)
  })
