import { sql } from 'kysely'
import { asProduct, dataKeys, KeyDestroyed, openText, type DataKey, type Keys, type Tx } from '../platform/index.ts'

export const answers = ['same', 'different', 'not sure'] as const
export type Answer = (typeof answers)[number]

export type Decision = {
  id: string
  a_id: string
  b_id: string
  answer: Answer
  staff_id: string
  at: Date
  /** Null where a source was erased. */
  why: string | null
  shown: readonly string[]
  contradicts_id: string | null
  undone_at: Date | null
  undone_by: string | null
  undone_why: string | null
}
type Row = Omit<Decision, 'why' | 'shown' | 'undone_why' | 'answer'> & {
  answer: string
  why_sealed: Buffer | null
  shown_sealed: Buffer | null
  undone_why_sealed: Buffer | null
  key_id: string
}

/** Decisions with their reasons, in their order. */
export const openWhy = async (tx: Tx, keys: Keys, partnership: string, rows: readonly Row[]): Promise<Decision[]> => {
  const open = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.map(({ why_sealed, shown_sealed, undone_why_sealed, key_id, ...row }) => {
    const key = open.get(key_id)
    const text = (column: string, sealed: Buffer | null): string | null =>
      key && sealed ? openText(key, { table: 'join_decision', column, row: row.id }, sealed) : null
    return {
      ...row,
      answer: row.answer as Answer,
      why: text('why', why_sealed),
      shown: JSON.parse(text('shown', shown_sealed) ?? '[]') as string[],
      undone_why: text('undone why', undone_why_sealed),
    }
  })
}

/** The key that reasons about a record are sealed with: its source's own. @throws {KeyDestroyed} when that was erased */
export const reasonKey = async (tx: Tx, keys: Keys, partnership: string, record: string): Promise<DataKey> => {
  const { rows } = await asProduct(tx, () =>
    sql<{
      key_id: string
    }>`select key_id from noted_record where partnership_id = ${partnership} and id = ${record}`.execute(tx),
  )
  const [key] = (
    await dataKeys(
      tx,
      keys,
      partnership,
      rows.map(({ key_id }) => key_id),
    )
  ).values()
  if (!key) throw new KeyDestroyed()
  return key
}
