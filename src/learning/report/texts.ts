import { sql } from 'kysely'
import type { Tx } from '../../platform/index.ts'

export type ReportText = {
  id: string
  field: string
  version: number
  words: string
  sitting: string
  written_by: string
  written_at: Date
  replaced_at: Date | null
}

/** The texts of a report that the viewer may read, the earliest first: those that stand, or with `every` all of these fields. */
export const textsOf = (
  tx: Tx,
  partnership: string,
  report: string,
  every?: { fields: readonly string[] },
): Promise<ReportText[]> => {
  const asked = tx
    .selectFrom('report_text')
    .select(['id', 'field', 'version', 'words', 'sitting', 'written_by', 'written_at', 'replaced_at'])
    .where('partnership_id', '=', partnership)
    .where('report_id', '=', report)
    .orderBy('field')
    .orderBy('version')
  return (
    every ? asked.where(sql<boolean>`field = any(${every.fields}::text[])`) : asked.where('replaced_at', 'is', null)
  ).execute()
}

/** What each field says: both texts beneath each other where two stand and nobody has made them one. */
export const wordsByField = (standing: readonly ReportText[]): Map<string, string> =>
  new Map(
    [...Map.groupBy(standing, ({ field }) => field)].map(([field, texts]) => [
      field,
      texts.map(({ words }) => words).join('\n\n'),
    ]),
  )
