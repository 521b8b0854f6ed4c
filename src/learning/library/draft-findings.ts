import { asProduct, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Finding } from './entry.ts'

/** What was picked out of a report that is being written, in the order of picking: these go into the library with it. */
export const findingsOfDraft = async (tx: Tx, partnership: string, report: string): Promise<Finding[]> =>
  (await draftFindings(tx, partnership, report)).map(({ words, themes, boundary, strength, field, paragraph }) => ({
    words,
    themes,
    boundary,
    strength,
    source: { field, paragraph },
  }))

export const draftFindings = (tx: Tx, partnership: string, report: string) =>
  tx
    .selectFrom('report_finding')
    .selectAll()
    .where('partnership_id', '=', partnership)
    .where('report_id', '=', report)
    .orderBy('added_at')
    .orderBy('id')
    .execute()

/** The caller has shown that the report is the viewer's to write. @returns the finding's id */
export const addFinding = async (
  tx: Tx,
  viewer: StaffViewer,
  report: string,
  { source, themes, quoted, ...finding }: Finding & { quoted: string },
  at: Date,
): Promise<string> => {
  const id = newId()
  await asProduct(tx, () =>
    tx
      .insertInto('report_finding')
      .values({
        ...finding,
        ...source,
        themes: [...themes],
        quoted,
        partnership_id: viewer.partnership,
        id,
        report_id: report,
        added_by: viewer.staff,
        added_at: at,
      })
      .execute(),
  )
  await record(tx, viewer, 'finding picked', { kind: 'learning report', id: report }, { finding: id })
  return id
}

/** @returns whether there was one */
export const dropFinding = async (tx: Tx, viewer: StaffViewer, report: string, finding: string): Promise<boolean> => {
  const gone = await asProduct(tx, () =>
    tx
      .deleteFrom('report_finding')
      .where('partnership_id', '=', viewer.partnership)
      .where('report_id', '=', report)
      .where('id', '=', finding)
      .returning('id')
      .executeTakeFirst(),
  )
  if (gone) await record(tx, viewer, 'finding dropped', { kind: 'learning report', id: report }, { finding })
  return gone !== undefined
}
