import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'

export type Publication = {
  id: string
  version: number
  entry_id: string
  slug: string
  summary: string
  published_by: string
  published_at: Date
  withdrawn_at: Date | null
}

/** The last publication of a report, whether it stands or was taken back; undefined while there was none. */
export const publicationOf = async (tx: Tx, partnership: string, report: string): Promise<Publication | undefined> => {
  const { rows } = await sql<Publication>`
    select id, version, entry_id, slug, summary, published_by, published_at, withdrawn_at from report_publication
    where partnership_id = ${partnership} and report_id = ${report} order by published_at desc, id limit 1`.execute(tx)
  return rows[0]
}

/** Reports whose last publication stands. */
export const publishedAmong = async (tx: Tx, partnership: string): Promise<Set<string>> => {
  const { rows } = await sql<{ report_id: string }>`select report_id from (
      select distinct on (report_id) report_id, withdrawn_at from report_publication
      where partnership_id = ${partnership} order by report_id, published_at desc, id) p
    where withdrawn_at is null`.execute(tx)
  return new Set(rows.map(({ report_id }) => report_id))
}
