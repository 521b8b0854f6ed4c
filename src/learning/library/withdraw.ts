import { asProduct, newId, NotFound, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { forgetSearchable } from './searchable.ts'

/**
 * Takes an entry of the viewer's partnership out of the library. From then on it is in no page, feed, search or build;
 * at its address stands that it was withdrawn, and when. Why is for the partnership alone. The caller has shown that the
 * viewer may.
 */
export const withdrawEntry = async (
  tx: Tx,
  viewer: StaffViewer,
  entryId: string,
  why: string,
  at: Date,
): Promise<'withdrawn' | 'withdrawn already'> => {
  const { partnership } = viewer
  const done = await asProduct(tx, async () => {
    const entry = await tx
      .selectFrom('library_entry')
      .select('slug')
      .where('partnership_id', '=', partnership)
      .where('id', '=', entryId)
      .forUpdate()
      .executeTakeFirst()
    if (!entry) throw new NotFound()
    const fell = await tx
      .insertInto('library_tombstone')
      .values({ partnership_id: partnership, entry_id: entryId, slug: entry.slug, fell_at: at })
      .onConflict((already) => already.doNothing())
      .returning('slug')
      .executeTakeFirst()
    if (!fell) return false
    await forgetSearchable(tx, { partnership, id: entryId })
    await tx
      .insertInto('library_withdrawal')
      .values({
        partnership_id: partnership,
        id: newId(),
        entry_id: entryId,
        why,
        withdrawn_by: viewer.staff,
        at,
      })
      .execute()
    return true
  })
  if (!done) return 'withdrawn already'
  await record(tx, viewer, 'library entry withdrawn', { kind: 'library entry', id: entryId })
  return 'withdrawn'
}
