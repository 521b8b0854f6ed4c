import { asProduct, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { NewEntry } from './entry.ts'
import { keepFindings } from './keep-findings.ts'
import { keepSearchable } from './searchable.ts'
import { slugFor } from './slug.ts'

/**
 * Puts a report, practice note or tool into the library, for anybody. A new edition of the same draft takes the place of
 * the one before at its address, and findings that say the same keep theirs; what was withdrawn comes back. The caller
 * has shown that the viewer may publish it.
 * @returns its id, and its address below /library
 */
export const enterLibrary = async (
  tx: Tx,
  viewer: StaffViewer,
  entry: NewEntry,
  at: Date,
): Promise<{ id: string; slug: string }> => {
  const { partnership, staff } = viewer
  const { id, slug, edition } = await asProduct(tx, async () => {
    const former = await formerEdition(tx, partnership, entry.draft)
    const kept = former ?? { id: newId(), slug: await slugFor(tx, entry.title), edition: 0 }
    const edition = kept.edition + 1
    const { findings, draft, ...told } = entry
    const row = {
      ...told,
      areas: [...told.areas],
      report: told.report && JSON.stringify(told.report),
      edition,
      entered_by: staff,
      entered_at: at,
    }
    if (former) {
      await tx
        .updateTable('library_entry')
        .set(row)
        .where('partnership_id', '=', partnership)
        .where('id', '=', former.id)
        .execute()
      await tx
        .deleteFrom('library_tombstone')
        .where('partnership_id', '=', partnership)
        .where('entry_id', '=', former.id)
        .execute()
    } else
      await tx
        .insertInto('library_entry')
        .values({ ...row, partnership_id: partnership, id: kept.id, slug: kept.slug, draft_id: draft, first_at: at })
        .execute()
    await keepFindings(tx, partnership, kept.id, edition, findings, at)
    await keepSearchable(tx, { partnership, id: kept.id }, entry, at)
    return { ...kept, edition }
  })
  await record(tx, viewer, 'library entry entered', { kind: 'library entry', id }, { kind: entry.kind, edition })
  return { id, slug }
}

const formerEdition = async (tx: Tx, partnership: string, draft: string | null) =>
  draft === null
    ? undefined
    : tx
        .selectFrom('library_entry')
        .select(['id', 'slug', 'edition'])
        .where('partnership_id', '=', partnership)
        .where('draft_id', '=', draft)
        .forUpdate()
        .executeTakeFirst()
