import { asProduct, inTransaction, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Cell, Feeling, Speaker } from './context.ts'
import { sealedRow } from './rows.ts'

/** A spot within the context, roughly where it lies. */
export const addSpot = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { name, cell }: { name: string; cell: Cell },
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const row = await sealedRow(inner, keys, viewer, subject, { table: 'context_spot', said: { name } })
      await inner
        .insertInto('context_spot')
        .values({ ...row, cell, added_by: viewer.staff, added_at: at })
        .execute()
      await record(inner, viewer, 'context spot added', { kind: 'person', id: subject }, { spot: row.id })
      return row.id
    }),
  )

export type SpotSaid = {
  spot: string
  who: Speaker
  feels: Feeling
  times: string
  words: string
  said_on: string
}

/** What somebody says of a spot, as they said it; of a group, and of nobody by name. */
export const sayOfSpot = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { spot, who, feels, said_on, ...said }: SpotSaid,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const row = await sealedRow(inner, keys, viewer, subject, { table: 'context_spot_said', said })
      await inner
        .insertInto('context_spot_said')
        .values({ ...row, spot_id: spot, who, feels, said_on, kept_by: viewer.staff, kept_at: at })
        .execute()
      await record(inner, viewer, 'context spot told of', { kind: 'person', id: subject }, { spot, who })
    }),
  )
