import { sql } from 'kysely'
import { asProduct, dataKeys, openText, type Keys, type Tx } from '../platform/index.ts'
import type { InvolvementRole } from './involvement.ts'

export type InvolvementPast = {
  id: string
  agency_id: string
  role: InvolvementRole
  from_at: Date
  to_at: Date | null
  entered_by: string | null
  ended_by: string | null
  end_reason: string | null
  /** Why it began and why it ended, where somebody said; '' for what was erased. */
  why: string
  why_ended: string
}

const most_listed = 100

/** Every part anybody had in a person's circle, the newest first, with why. What of it may be told is the caller's to ask. */
export const involvementHistory = (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<InvolvementPast[]> =>
  asProduct(tx, async () => {
    type Row = Omit<InvolvementPast, 'why' | 'why_ended'> & {
      why_sealed: Buffer | null
      why_ended_sealed: Buffer | null
      key_id: string | null
    }
    const { rows } = await sql<Row>`
      select id, agency_id, role, from_at, to_at, entered_by, ended_by, end_reason, why_sealed, why_ended_sealed, key_id
      from involvement where partnership_id = ${partnership} and subject_id = ${subject}
      order by from_at desc, id limit ${most_listed}`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      partnership,
      rows.flatMap(({ key_id }) => key_id ?? []),
    )
    return rows.map(({ why_sealed, why_ended_sealed, key_id, ...row }) => {
      const key = opened.get(key_id ?? '')
      const open = (column: 'why' | 'why_ended', sealed: Buffer | null): string =>
        key && sealed ? openText(key, { table: 'involvement', column, row: row.id }, sealed) : ''
      return { ...row, why: open('why', why_sealed), why_ended: open('why_ended', why_ended_sealed) }
    })
  })

export type InvolvementAsked = {
  id: string
  agency_id: string
  staff_id: string
  why: string
  shown: number
  asked_at: Date
}

/** Everybody who asked who else is involved, the newest first, with their reason. What of it may be told is the caller's to ask. */
export const involvementAsked = (
  tx: Tx,
  keys: Keys,
  partnership: string,
  subject: string,
): Promise<InvolvementAsked[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Omit<InvolvementAsked, 'why'> & { why_sealed: Buffer; key_id: string }>`
      select id, agency_id, staff_id, why_sealed, key_id, shown, asked_at from involvement_asked
      where partnership_id = ${partnership} and subject_id = ${subject}
      order by asked_at desc, id limit ${most_listed}`.execute(tx)
    const opened = await dataKeys(
      tx,
      keys,
      partnership,
      rows.map(({ key_id }) => key_id),
    )
    return rows.flatMap(({ why_sealed, key_id, ...row }) => {
      const key = opened.get(key_id)
      const place = { table: 'involvement_asked', column: 'why', row: row.id }
      return key ? [{ ...row, why: openText(key, place, why_sealed) }] : []
    })
  })
