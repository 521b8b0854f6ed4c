import { asProduct, type StaffViewer, type Tx } from '../platform/index.ts'

/** Names the people who may open a sealed row. Nobody else ever sees it, and break-glass does not open it. */
export const nameFor = (
  tx: Tx,
  viewer: StaffViewer,
  sealed: { row: string; subject: string },
  staff: readonly string[],
  at: Date,
): Promise<void> =>
  asProduct(tx, async () => {
    await tx
      .insertInto('named_person')
      .values(
        [...new Set(staff)].map((staff_id) => ({
          partnership_id: viewer.partnership,
          row_id: sealed.row,
          subject_id: sealed.subject,
          agency_id: viewer.agency,
          staff_id,
          named_at: at,
          named_by: viewer.staff,
        })),
      )
      .execute()
  })
