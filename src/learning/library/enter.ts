import { sql } from 'kysely'
import { asProduct, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { NewEntry } from './entry.ts'
import { keepFindings } from './keep-findings.ts'
import { passagesOf } from './passages.ts'
import { slugFor } from './slug.ts'
import { themesSpokenOf } from './spoken.ts'
import { countWords, forgetWords } from './word-counts.ts'

/**
 * Puts a report, practice note or tool into the library, for anybody. A new edition of the same draft takes the place of
 * the one before at its address, and findings that say the same keep theirs; what was withdrawn comes back. The caller
 * has shown that the viewer may publish it.
 * @returns its address below /library
 */
export const enterLibrary = async (
  tx: Tx,
  viewer: StaffViewer,
  entry: NewEntry,
  at: Date,
): Promise<{ id: string; slug: string }> => {
  const { id, slug, edition } = await asProduct(tx, async () => {
    const before = entry.draft === null ? undefined : await formerEdition(tx, viewer, entry.draft)
    if (before) await forgetWords(tx, before)
    const { partnership } = viewer
    const kept = before ?? { id: newId(), slug: await slugFor(tx, entry.title), edition: 0 }
    const edition = kept.edition + 1
    const row = rowOf(entry)
    if (before) {
      const where = { partnership_id: partnership, id: before.id }
      await tx
        .updateTable('library_entry')
        .set({ ...row, edition, entered_by: viewer.staff, entered_at: at })
        .where((eb) => eb.and(where))
        .execute()
      await tx
        .deleteFrom('library_tombstone')
        .where((eb) => eb.and({ partnership_id: partnership, entry_id: before.id }))
        .execute()
    } else
      await tx
        .insertInto('library_entry')
        .values({
          ...row,
          partnership_id: partnership,
          id: kept.id,
          slug: kept.slug,
          draft_id: entry.draft,
          edition,
          entered_by: viewer.staff,
          first_at: at,
          entered_at: at,
        })
        .execute()
    await keepFindings(tx, partnership, kept.id, edition, entry.findings, at)
    await countWords(tx, partnership, kept.id)
    return { ...kept, edition }
  })
  await record(tx, viewer, 'library entry entered', { kind: 'library entry', id }, { kind: entry.kind, edition })
  return { id, slug }
}

type Former = { id: string; slug: string; edition: number; partnership_id: string; standing: boolean }
const formerEdition = (tx: Tx, viewer: StaffViewer, draft: string): Promise<Former | undefined> =>
  tx
    .selectFrom('library_entry as e')
    .select(['e.id', 'e.slug', 'e.edition', 'e.partnership_id'])
    .select(
      sql<boolean>`not exists (select from library_tombstone t
        where t.partnership_id = e.partnership_id and t.entry_id = e.id)`.as('standing'),
    )
    .where('e.partnership_id', '=', viewer.partnership)
    .where('e.draft_id', '=', draft)
    .forUpdate()
    .executeTakeFirst()

/** What a reader may look for in it, beside the entry itself. */
const rowOf = ({ draft: _, findings, report, ...entry }: NewEntry) => {
  const said = findings.map(({ words }) => words).join('\n')
  const about = [entry.title, entry.summary, said].join('\n')
  // PostgreSQL keeps no more than a megabyte of words in one vector; this is a book of 400 pages.
  const body = passagesOf({ report, prose: entry.prose })
    .map(({ text }) => text)
    .join('\n')
    .slice(0, 900_000)
  const themes = [...new Set(findings.flatMap((one) => one.themes))].sort()
  const spokenIn = (text: string): string[] => [...new Set([...themes, ...themesSpokenOf(text)])].sort()
  const spoken = spokenIn(`${about}\n${body}`)
  const head = sql<string>`setweight(to_tsvector('english', ${entry.title}), 'A')
    || setweight(to_tsvector('english', ${said}), 'B')
    || setweight(to_tsvector('english', ${[entry.summary, entry.area, entry.region].join('\n')}), 'C')
    || array_to_tsvector(${spokenIn(about).map(themeLexeme)}::text[])`
  return {
    ...entry,
    areas: [...entry.areas],
    report: report && JSON.stringify(report),
    themes,
    spoken,
    body: [about, entry.area, entry.region, body].join('\n'),
    head,
    search: sql<string>`${head} || to_tsvector('english', ${body})
      || array_to_tsvector(${spoken.map(themeLexeme)}::text[])`,
  }
}

/** A theme as a word that nobody types: whatever speaks of it has it, so a phrase need not be looked for as one. */
export const themeLexeme = (code: string): string => `theme:${code}`
