import { sql } from 'kysely'
import { isId, NotFound, type Tx, type Viewer } from '../../platform/index.ts'
import { textFields, type ReportContent, type TextField } from './content.ts'
import { textsOf, wordsByField } from './texts.ts'

/**
 * A report as it stands now, in the fields of the form. Of signatures it has those under the version that stands, and those
 * that a file had; consent is given when both sides have for that version.
 * @throws {NotFound} for one that is not the viewer's to read
 */
export const contentOf = async (tx: Tx, { partnership }: Viewer, id: string): Promise<ReportContent> => {
  if (!isId(id)) throw new NotFound()
  const { rows: found } = await sql<Pick<ReportContent, 'consent' | 'signatures'>>`
    with latest as (select max(number) as number from report_version where partnership_id = ${partnership} and report_id = ${id})
    select case when (select count(*) from report_consent c, latest where c.partnership_id = r.partnership_id
          and c.report_id = r.id and c.version = latest.number and c.withdrawn_at is null) = 2 then true
        else r.consent_read end as consent,
      coalesce((select jsonb_agg(jsonb_build_object('side', s.side, 'name', s.name, 'role', s.role, 'body', s.body,
          'signed_on', coalesce(s.signed_on::text, '')) order by s.version is not null, s.signed_on, s.id)
        from report_signature s, latest where s.partnership_id = r.partnership_id and s.report_id = r.id
          and (s.version is null or s.version = latest.number)), '[]') as signatures
    from learning_report r where r.partnership_id = ${partnership} and r.id = ${id}`.execute(tx)
  if (!found[0]) throw new NotFound()
  return { ...(await writtenIn(tx, partnership, id)), ...found[0] }
}

/** What is written in a report, without whoever signed it: what a version is made of. */
export const writtenIn = async (tx: Tx, partnership: string, id: string): Promise<ReportContent> => {
  const words = wordsByField(await textsOf(tx, partnership, id))
  const said = (field: string): string => words.get(field) ?? ''
  const issues = await issuesOf(tx, partnership, id)
  const changes = await changesOf(tx, partnership, id)
  const belowOf = (parent: string | null) => issues.filter(({ parent_id }) => parent_id === parent)
  return {
    ...(Object.fromEntries(textFields.map((field) => [field, said(field)])) as Record<TextField, string>),
    issues: belowOf(null).map(({ id: issue, whose, number }) => ({
      whose,
      heading: said(`heading-${issue}`),
      number,
      words: said(`issue-${issue}`),
      below: belowOf(issue).map((one) => ({ number: one.number, words: said(`issue-${one.id}`) })),
    })),
    disruption: changes.map(({ id: change, scale }) => ({
      words: said(`change-${change}`),
      ...(scale && { scale }),
      ...(said(`evidence-${change}`) && { evidence: said(`evidence-${change}`) }),
      ...(said(`says-${change}`) && { says: said(`says-${change}`) }),
    })),
    consent: null,
    signatures: [],
  }
}

export type IssueRow = {
  id: string
  parent_id: string | null
  whose: ReportContent['issues'][number]['whose']
  number: string
}

/** The points that stand, each list in its order. */
export const issuesOf = async (tx: Tx, partnership: string, report: string): Promise<IssueRow[]> => {
  const { rows } = await sql<IssueRow>`select id, parent_id, whose, number from report_issue
    where partnership_id = ${partnership} and report_id = ${report} and removed_at is null order by place, id`.execute(
    tx,
  )
  return rows
}

/** Points and changes that ever stood, by their ids: a page that is still open may send words for one that was taken out. */
export const rowsEver = async (
  tx: Tx,
  partnership: string,
  report: string,
): Promise<{ id: string; list: 'issues' | 'disruption' }[]> => {
  const { rows } = await sql<{ id: string; list: 'issues' | 'disruption' }>`
    select id, 'issues' as list from report_issue where partnership_id = ${partnership} and report_id = ${report}
    union all select id, 'disruption' from report_change where partnership_id = ${partnership} and report_id = ${report}`.execute(
    tx,
  )
  return rows
}

export type ChangeRow = { id: string; scale: string; seen_on: string }

/** The changes that stand, in their order. `seen_on` is an ISO day. */
export const changesOf = async (tx: Tx, partnership: string, report: string): Promise<ChangeRow[]> => {
  const { rows } = await sql<ChangeRow>`select id, scale, seen_on::text as seen_on from report_change
    where partnership_id = ${partnership} and report_id = ${report} and removed_at is null order by place, id`.execute(
    tx,
  )
  return rows
}
