import type { Tx } from '../../platform/index.ts'

/** The record of a reference, where row-level security shows it to this viewer: for whoever may not see it there is none. */
export const recordCalled = async (tx: Tx, partnership: string, reference: string): Promise<string | undefined> => {
  const said = reference.trim().toUpperCase()
  if (said === '') return undefined
  const row = await tx
    .selectFrom('subject')
    .select('id')
    .where('partnership_id', '=', partnership)
    .where('reference', '=', said)
    .where('kind', '=', 'person')
    .executeTakeFirst()
  return row?.id
}
