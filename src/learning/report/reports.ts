import { sql } from 'kysely'
import { isId, NotFound, type Tx } from '../../platform/index.ts'

export type Report = {
  id: string
  title: string
  source: string
  project_id: string | null
  project: string | null
  begun_by: string
  begun_at: Date
  /** The version that stands, when it was last written in, and by whom. */
  version: number
  made_at: Date
  made_by: string
}

const reports = sql`select r.id, r.title, r.source, r.project_id, p.name as project, r.begun_by, r.begun_at,
    v.number as version, v.made_at, v.made_by
  from learning_report r left join support_project p on p.partnership_id = r.partnership_id and p.id = r.project_id
    join lateral (select number, made_at, made_by from report_version v where v.partnership_id = r.partnership_id
      and v.report_id = r.id order by number desc limit 1) v on true`

/** Every report that the viewer may read, the one last written in first. */
export const reportsSeen = async (tx: Tx, partnership: string): Promise<Report[]> => {
  const { rows } =
    await sql<Report>`${reports} where r.partnership_id = ${partnership} order by v.made_at desc, r.id`.execute(tx)
  return rows
}

/** @throws {NotFound} for one that is not the viewer's to read */
export const reportFor = async (tx: Tx, partnership: string, id: string): Promise<Report> => {
  if (!isId(id)) throw new NotFound()
  const { rows } = await sql<Report>`${reports} where r.partnership_id = ${partnership} and r.id = ${id}`.execute(tx)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}
