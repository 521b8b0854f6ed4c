import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'
import { findingsOfDraft } from '../library/draft-findings.ts'

export type ReportState = {
  /** Null while nobody has begun one. */
  id: string | null
  state: 'none' | 'written' | 'signed' | 'published'
}

/** How far the learning report of a project is: begun, signed by both sides under one version, standing in the library. */
export const reportOf = async (tx: Tx, partnership: string, project: string): Promise<ReportState> => {
  const { rows } = await sql<{ id: string; signed: boolean; published: boolean }>`
    select r.id,
      exists (select from report_signature s where s.partnership_id = r.partnership_id and s.report_id = r.id
        and s.version is not null group by s.version having count(distinct s.side) = 2) as signed,
      exists (select from library_entry e where e.partnership_id = r.partnership_id and e.draft_id = r.id
        and e.id not in (select entry_id from library_tombstone)) as published
    from learning_report r where r.partnership_id = ${partnership} and r.project_id = ${project}
    order by published desc, signed desc, r.begun_at desc, r.id limit 1`.execute(tx)
  const [report] = rows
  if (!report) return { id: null, state: 'none' }
  return { id: report.id, state: report.published ? 'published' : report.signed ? 'signed' : 'written' }
}

/** The findings of its report so far, in their words. */
export const findingsOf = async (tx: Tx, partnership: string, project: string): Promise<string[]> => {
  const { id } = await reportOf(tx, partnership, project)
  if (!id) return []
  return [...new Set((await findingsOfDraft(tx, partnership, id)).map(({ words }) => words))]
}
