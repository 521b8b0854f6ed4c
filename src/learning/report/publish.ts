import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { findingsOfDraft } from '../library/draft-findings.ts'
import { enterLibrary } from '../library/enter.ts'
import type { NewEntry } from '../library/entry.ts'
import { withdrawEntry } from '../library/withdraw.ts'
import type { ReportContent } from './content.ts'
import { publicationOf, type Publication } from './publication.ts'
import { mayPublish, standingOf } from './ready.ts'
import type { Report } from './reports.ts'
import { signaturesOf, type Signature } from './sign.ts'
import { lockReport } from './write.ts'

type Publishing = { report: Report; version: number; summary: string; at: Date }

/**
 * Gives the version that stands to everybody, once nothing is missing: both signatures and both consents are of this very
 * version, and a person read every hit of the redaction check. Signatories who did not agree to be named stand there by
 * role and body alone.
 */
export const publishReport = (
  tx: Tx,
  viewer: StaffViewer,
  { report, version, summary, at }: Publishing,
): Promise<'published' | 'something is missing' | 'changed meanwhile'> =>
  inTransaction(tx, async (inner) => {
    await lockReport(inner, report.id)
    const standing = await standingOf(inner, viewer.partnership, report.id)
    if (standing.version !== version) return 'changed meanwhile'
    if (!mayPublish(standing)) return 'something is missing'
    const entry = await entryOf(inner, viewer, report, version, summary)
    const { id: entry_id, slug } = await enterLibrary(inner, viewer, entry, at)
    await asProduct(inner, async () => {
      await sql`update report_publication set withdrawn_by = ${viewer.staff}, withdrawn_at = ${at}
        where partnership_id = ${viewer.partnership} and report_id = ${report.id} and withdrawn_at is null`.execute(
        inner,
      )
      const published = { version, entry_id, slug, summary, published_by: viewer.staff, published_at: at }
      await inner
        .insertInto('report_publication')
        .values({ partnership_id: viewer.partnership, id: newId(), report_id: report.id, ...published })
        .execute()
    })
    await record(inner, viewer, 'learning report published', { kind: 'learning report', id: report.id }, { version })
    return 'published'
  })

/** Takes what was published back: from then on nobody reads it, and its address says that it was withdrawn. */
export const withdrawReport = (
  tx: Tx,
  viewer: StaffViewer,
  { report, why, at }: { report: string; why: string; at: Date },
): Promise<'withdrawn' | 'not published'> =>
  inTransaction(tx, async (inner) => {
    await lockReport(inner, report)
    const publication = await standingPublication(inner, viewer, report)
    if (!publication) return 'not published'
    await withdrawEntry(inner, viewer, publication.entry_id, why, at)
    await asProduct(inner, () =>
      sql`update report_publication set withdrawn_by = ${viewer.staff}, withdrawn_at = ${at}
        where partnership_id = ${viewer.partnership} and id = ${publication.id}`.execute(inner),
    )
    await record(inner, viewer, 'learning report withdrawn', { kind: 'learning report', id: report })
    return 'withdrawn'
  })

/** What is published names nobody who does not agree any more: the copy that everybody reads is made anew. */
export const publishNamesAnew = async (tx: Tx, viewer: StaffViewer, report: Report, at: Date): Promise<void> => {
  const publication = await standingPublication(tx, viewer, report.id)
  if (!publication) return
  await enterLibrary(tx, viewer, await entryOf(tx, viewer, report, publication.version, publication.summary), at)
}

const standingPublication = async (tx: Tx, viewer: StaffViewer, report: string): Promise<Publication | undefined> => {
  const publication = await publicationOf(tx, viewer.partnership, report)
  return publication?.withdrawn_at === null ? publication : undefined
}

/** A version as it is given to everybody. */
const entryOf = async (
  tx: Tx,
  viewer: StaffViewer,
  { id, title }: Report,
  version: number,
  summary: string,
): Promise<NewEntry> => {
  const { partnership } = viewer
  const { rows } = await sql<{ content: ReportContent; areas: string[] }>`
    select content, array(select a.gss from area a where a.partnership_id = v.partnership_id
      and a.kind in ('county', 'district', 'unitary')
      and (content ->> 'authorities') || ' ' || (content ->> 'partnership_name') ilike '%' || a.name || '%' order by a.gss) as areas
    from report_version v where partnership_id = ${partnership} and report_id = ${id} and number = ${version}`.execute(
    tx,
  )
  const { content, areas } = rows[0]!
  const signatures = (await signaturesOf(tx, partnership, id)).filter(
    (one) => one.version === null || one.version === version,
  )
  return {
    kind: 'report',
    title,
    summary,
    area: content.partnership_name,
    region: content.region,
    size: content.size,
    methodology: content.methodology,
    year: yearOf(signatures),
    areas,
    report: { ...content, consent: true, signatures: signatures.map(masked) },
    prose: '',
    findings: await findingsOfDraft(tx, partnership, id),
    draft: id,
  }
}

const masked = ({ side, name, role, body, signed_on, named }: Signature): ReportContent['signatures'][number] => ({
  side,
  name: named ? name : '',
  role,
  body,
  signed_on: signed_on ?? '',
})

/** The year that the work ended: what a file was signed in, or else ours. */
const yearOf = (signatures: readonly Signature[]): number => {
  const days = (ours: boolean) =>
    signatures.filter(({ version }) => (version !== null) === ours).flatMap(({ signed_on }) => signed_on ?? [])
  return Number(
    [days(true), days(false)]
      .map((all) => all.toSorted().at(-1) ?? '')
      .filter(Boolean)
      .at(-1)!
      .slice(0, 4),
  )
}
