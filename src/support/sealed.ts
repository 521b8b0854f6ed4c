import { dataKeyOf, dataKeys, openText, sealText, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'

/** What seals the words of one row with the person's own key. */
export const sealerFor = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { table, row }: { table: string; row: string },
) => {
  const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject })
  return { key_id: key.id, seal: (column: string, words: string) => sealText(key, { table, column, row }, words) }
}

/** What may be left out: null where nothing was said. */
export const sealSaid = <C extends string>(
  seal: (column: string, words: string) => Buffer,
  said: Record<C, string>,
): Record<`${C}_sealed`, Buffer | null> =>
  Object.fromEntries(
    Object.entries<string>(said).map(([column, words]) => [`${column}_sealed`, words ? seal(column, words) : null]),
  ) as Record<`${C}_sealed`, Buffer | null>

type Sealed<C extends string> = { id: string; key_id: string } & Record<`${C}_sealed`, Buffer | null>

/** The rows with these columns opened, '' where nothing was said; one whose key was destroyed is gone and not among them. */
export const openRows = async <C extends string, R extends Sealed<C>>(
  tx: Tx,
  keys: Keys,
  partnership: string,
  { table, columns }: { table: string; columns: readonly C[] },
  rows: readonly R[],
): Promise<(R & Record<C, string>)[]> => {
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap((row) => {
    const key = opened.get(row.key_id)
    if (!key) return []
    const words = columns.map((column) => {
      const sealed = row[`${column}_sealed`] as Buffer | null
      return [column, sealed ? openText(key, { table, column, row: row.id }, sealed) : '']
    })
    return [{ ...row, ...(Object.fromEntries(words) as Record<C, string>) }]
  })
}
