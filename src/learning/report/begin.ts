import {
  asProduct,
  hasRole,
  inTransaction,
  newId,
  NotFound,
  record,
  type Db,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { textFields, type ReportContent } from './content.ts'
import { issuesFor } from './issues-for.ts'
import { keepVersion } from './version.ts'

type NewReport = {
  project: string | null
  title: string
  content: ReportContent
  /** The name of the file that it was read from. */
  source?: string
}

/**
 * Begins a report with what is known already: from a project, or read in from a file. Whoever signed that file stands there
 * as having signed it then, is named to nobody outside until they agree, and counts for no version of ours.
 * @returns its id
 * @throws {NotFound} for a project that is not the viewer's, and without one for whoever does not lead learning
 */
export const beginReport = (
  db: Db | Tx,
  viewer: StaffViewer,
  { project, title, content, source = '' }: NewReport,
  at: Date,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    if (!(await mayBegin(tx, viewer, project))) throw new NotFound()
    const id = newId()
    await asProduct(tx, async () => {
      await tx
        .insertInto('learning_report')
        .values({
          partnership_id: viewer.partnership,
          id,
          project_id: project,
          title,
          source,
          consent_read: content.consent,
          agency_id: viewer.agency,
          begun_by: viewer.staff,
          begun_at: at,
        })
        .execute()
      await fill(tx, viewer, id, content, at)
      await keepVersion(tx, viewer, id, at)
      await record(tx, viewer, 'learning report begun', { kind: 'learning report', id }, { project })
    })
    return id
  })

const mayBegin = async (tx: Tx, viewer: StaffViewer, project: string | null): Promise<boolean> => {
  if (project === null) return hasRole(viewer, 'learning')
  const found = await tx
    .selectFrom('support_project')
    .select('id')
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', project)
    .executeTakeFirst()
  return found !== undefined
}

const fill = async (tx: Tx, viewer: StaffViewer, report: string, content: ReportContent, at: Date): Promise<void> => {
  const own = { partnership_id: viewer.partnership, report_id: report }
  const added = { ...own, added_by: viewer.staff, added_at: at }
  const { issues, texts: said } = issuesFor(content.issues)
  const changes = content.disruption.map((change, place) => ({ id: newId(), place, ...change }))
  const texts: Record<string, string> = {
    ...Object.fromEntries(textFields.map((field) => [field, content[field]])),
    ...said,
    ...Object.fromEntries(
      changes.flatMap(({ id, words, evidence = '', says = '' }) => [
        [`change-${id}`, words],
        [`evidence-${id}`, evidence],
        [`says-${id}`, says],
      ]),
    ),
  }
  const sitting = newId()
  // Of what was read in, the day that it was signed is the last on which somebody said that it was so.
  const seenOn =
    content.signatures
      .map(({ signed_on }) => signed_on)
      .sort()
      .at(-1) || at.toISOString().slice(0, 10)
  const written = { version: 1, sitting, written_by: viewer.staff, written_at: at, replaced_at: null }
  const rows = Object.entries(texts)
    .filter(([, words]) => words.trim() !== '')
    .map(([field, words]) => ({ ...own, id: newId(), field, words, ...written }))
  if (issues.length)
    await tx
      .insertInto('report_issue')
      .values(issues.map((one) => ({ ...added, ...one })))
      .execute()
  if (changes.length)
    await tx
      .insertInto('report_change')
      .values(changes.map(({ id, place, scale = '' }) => ({ ...added, id, place, scale, seen_on: seenOn })))
      .execute()
  if (rows.length) await tx.insertInto('report_text').values(rows).execute()
  const signed = content.signatures
    .filter(({ name }) => name.trim() !== '')
    .map(({ signed_on, ...one }) => ({ ...own, ...one, id: newId(), signed_on: signed_on || null, kept_at: at }))
  if (signed.length) await tx.insertInto('report_signature').values(signed).execute()
}
