import { sql } from 'kysely'
import { newId, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { ReportContent } from './content.ts'
import { writtenIn } from './read.ts'

export type VersionItem = { number: number; made_at: Date; made_by: string; writers: string[] }

const grows_for = 30 * 60_000

/**
 * Keeps the report as it now stands. What is written within half an hour is one version, so that two who save every few
 * seconds do not make hundreds; but what it began from, a file or a project, and what somebody signed or agreed to stay
 * what they were. Asked as the product.
 * @returns the number of the version that stands
 */
export const keepVersion = async (tx: Tx, viewer: StaffViewer, report: string, at: Date): Promise<number> => {
  const { partnership, staff } = viewer
  const content = JSON.stringify(await writtenIn(tx, partnership, report))
  const { rows } = await sql<{ number: number; same: boolean; begun_at: Date; is_held: boolean }>`
    select number, content = ${content}::jsonb as same, begun_at, number = 1
      or exists (select from report_signature s where s.partnership_id = v.partnership_id and s.report_id = v.report_id and s.version = v.number)
      or exists (select from report_consent c where c.partnership_id = v.partnership_id and c.report_id = v.report_id and c.version = v.number) as is_held
    from report_version v where partnership_id = ${partnership} and report_id = ${report} order by number desc limit 1`.execute(
    tx,
  )
  const last = rows[0]
  if (last?.same) return last.number
  if (last && !last.is_held && at.getTime() - last.begun_at.getTime() < grows_for) {
    await sql`update report_version set content = ${content}::jsonb, made_by = ${staff}, made_at = ${at}
      where partnership_id = ${partnership} and report_id = ${report} and number = ${last.number}`.execute(tx)
    return last.number
  }
  const number = (last?.number ?? 0) + 1
  await sql`insert into report_version (partnership_id, id, report_id, number, content, begun_at, made_by, made_at)
    values (${partnership}, ${newId()}, ${report}, ${number}, ${content}::jsonb, ${at}, ${staff}, ${at})`.execute(tx)
  return number
}

/** Every version of a report, the last first, with whoever wrote between the one before and it. */
export const versionsOf = async (tx: Tx, partnership: string, report: string): Promise<VersionItem[]> => {
  const { rows } = await sql<VersionItem>`
    select v.number, v.made_at, v.made_by, array(select distinct t.written_by from report_text t
      where t.partnership_id = v.partnership_id and t.report_id = v.report_id and t.written_at >= v.begun_at
        and t.written_at <= v.made_at) as writers
    from report_version v where v.partnership_id = ${partnership} and v.report_id = ${report} order by v.number desc`.execute(
    tx,
  )
  return rows
}

/** One version as it stood; undefined where there is none of that number. */
export const versionOf = async (
  tx: Tx,
  partnership: string,
  report: string,
  number: number,
): Promise<ReportContent | undefined> => {
  const { rows } = await sql<{ content: ReportContent }>`select content from report_version
    where partnership_id = ${partnership} and report_id = ${report} and number = ${number}`.execute(tx)
  return rows[0]?.content
}
