import { sql } from 'kysely'
import type { StaffViewer, Tx } from '../../platform/index.ts'

export const sides = ['local', 'programme'] as const
export type Side = (typeof sides)[number]

/**
 * The sides for which this viewer may sign a report and agree to its being published. Of a project it is the side that
 * they are named for, or else that of their agency; of a report that was read in, either. An agency that signed a version
 * for one side, or agreed for it, does not speak for the other: two sides are two bodies.
 */
export const sidesOf = async (tx: Tx, viewer: StaffViewer, report: string, version: number): Promise<Side[]> => {
  const { partnership, staff, agency } = viewer
  const { rows } = await sql<{ named: Side[]; programme: string | null; taken: Side[] }>`
    select array(select distinct m.side from project_member m where m.partnership_id = r.partnership_id
        and m.project_id = r.project_id and m.account_id = ${staff} and m.ended_at is null) as named,
      p.programme_agency_id as programme,
      array(select s.side from report_signature s join account a on a.partnership_id = s.partnership_id and a.id = s.account_id
          where s.partnership_id = r.partnership_id and s.report_id = r.id and s.version = ${version} and a.agency_id = ${agency}
        union select c.side from report_consent c join account a on a.partnership_id = c.partnership_id and a.id = c.given_by
          where c.partnership_id = r.partnership_id and c.report_id = r.id and c.version = ${version}
            and c.withdrawn_at is null and a.agency_id = ${agency}) as taken
    from learning_report r left join support_project p on p.partnership_id = r.partnership_id and p.id = r.project_id
    where r.partnership_id = ${partnership} and r.id = ${report}`.execute(tx)
  const found = rows[0]
  if (!found) return []
  const { named, programme, taken } = found
  if (named.length) return named
  if (programme) return [programme === agency ? 'programme' : 'local']
  return taken.length ? taken : [...sides]
}
