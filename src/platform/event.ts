import type { Tx } from './db.ts'
import { newId } from './id.ts'
import type { Viewer } from './viewer.ts'

/**
 * Writes down an act in the transaction that does it: audit trail, on-screen timeline and outbox are this one row.
 * @param kind past tense: 'concern received'
 * @param about what it was done to
 * @param detail codes and ids only; words that people wrote stay in the row they belong to
 * @returns its id
 */
export const record = async (
  tx: Tx,
  viewer: Viewer,
  kind: string,
  about: { kind: string; id: string },
  detail: Record<string, string | number | boolean | null> = {},
): Promise<string> => {
  const id = newId()
  await tx
    .insertInto('event')
    .values({
      partnership_id: viewer.partnership,
      id,
      kind,
      viewer: viewer.kind,
      staff_id: viewer.kind === 'staff' ? viewer.staff : null,
      client_id: viewer.kind === 'client' ? viewer.client : null,
      agency_id: 'agency' in viewer ? viewer.agency : null,
      about_kind: about.kind,
      about_id: about.id,
      detail: JSON.stringify(detail),
    })
    .execute()
  return id
}
