import { newId, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { sealerFor } from '../sealed.ts'

/** What every row about a context bears, with these words sealed by its key; what nobody said is null. */
export const sealedRow = async <C extends string>(
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: string,
  { table, said }: { table: string; said: Record<C, string> },
) => {
  const id = newId()
  const { key_id, seal } = await sealerFor(tx, keys, viewer, subject, { table, row: id })
  const words = Object.entries<string>(said).map(([column, text]) => [
    `${column}_sealed`,
    /\S/.test(text) ? seal(column, text) : null,
  ])
  return { ...bareRow(viewer, subject, id), key_id, ...(Object.fromEntries(words) as Record<`${C}_sealed`, Buffer>) }
}

export const bareRow = (viewer: StaffViewer, subject: string, id = newId()) => ({
  partnership_id: viewer.partnership,
  id,
  subject_id: subject,
  agency_id: viewer.agency,
})
