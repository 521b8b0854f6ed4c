import { sql } from 'kysely'
import { asProduct, dataKeys, openText, type Keys, type Tx } from '../platform/index.ts'

export type Naming = {
  row_id: string
  staff_id: string
  named_at: Date
  named_by: string | null
  ended_at: Date | null
  ended_by: string | null
  /** Why they were named, and why the name was taken away; '' of whoever was named as the row was written. */
  why: string
  why_ended: string
}

/** Who is or was named for these sealed rows, and why, the first named first. The caller asks that the viewer is named for them. */
export const namingHistory = (tx: Tx, keys: Keys, partnership: string, rows: readonly string[]): Promise<Naming[]> =>
  asProduct(tx, async () => {
    if (rows.length === 0) return []
    type Sealed = { why_sealed: Buffer | null; why_ended_sealed: Buffer | null; key_id: string | null }
    const { rows: found } = await sql<Omit<Naming, 'why' | 'why_ended'> & Sealed>`
      select row_id, staff_id, named_at, named_by, ended_at, ended_by, why_sealed, why_ended_sealed, key_id
      from named_person where partnership_id = ${partnership} and row_id = any(${rows}::uuid[])
      order by named_at, staff_id`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      partnership,
      found.flatMap(({ key_id }) => key_id ?? []),
    )
    return found.map(({ why_sealed, why_ended_sealed, key_id, ...one }) => {
      const key = opened.get(key_id ?? '')
      const open = (column: 'why' | 'why_ended', sealed: Buffer | null): string =>
        key && sealed
          ? openText(key, { table: 'named_person', column, row: `${one.row_id} ${one.staff_id}` }, sealed)
          : ''
      return { ...one, why: open('why', why_sealed), why_ended: open('why_ended', why_ended_sealed) }
    })
  })
