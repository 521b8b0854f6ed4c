import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Db, type StaffViewer, type Tx } from '../../platform/index.ts'
import { mergeText, plainLines, type Kept, type Typed } from '../../support/index.ts'
import { textsOf, wordsByField, type ReportText } from './texts.ts'
import { keepVersion } from './version.ts'

/** What was typed in a field; `joined` where somebody said that the texts in its box are one from now on. */
export type ReportTyped = Typed & { joined?: boolean }
type Sitting = {
  sitting: string
  typed: readonly ReportTyped[]
  at: Date
  /** What else the same form said, done before the version is kept. */
  also?: (tx: Tx) => Promise<void>
}

/**
 * Keeps what was typed in a report, field by field, by the rule of all forms that several people write (`mergeText`). A box
 * that shows two texts is left alone until somebody changes it or says that they are one. Words in a point or a change
 * that somebody else took out meanwhile bring it back. Whoever calls has shown that the viewer may read the report.
 * @returns for each field what became of it, and the versions to send with what is typed next
 */
export const writeReport = (
  db: Db | Tx,
  viewer: StaffViewer,
  report: string,
  { sitting, typed, at, also }: Sitting,
): Promise<Map<string, Kept>> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      await lockReport(tx, report)
      const all = await textsOf(tx, viewer.partnership, report, { fields: typed.map(({ field }) => field) })
      const isFirst = !(await hasSat(tx, viewer, report, sitting))
      const kept = new Map<string, Kept>()
      const written: string[] = []
      for (const { field, words, read, joined } of typed) {
        const there = all.filter((one) => one.field === field)
        const plain = plainLines(words)
        if (!joined && isAsShown(there, plain, read)) {
          kept.set(field, { outcome: 'same', read: [...read] })
          continue
        }
        const { adds, replaces, ...became } = mergeText(there, { words: plain, read, sitting })
        kept.set(field, became)
        if (adds) await insert(tx, viewer, report, { field, ...adds, sitting, at })
        await replace(tx, viewer, replaces, at)
        if (adds?.words.trim()) written.push(field)
      }
      await bringBack(tx, viewer, report, written)
      await also?.(tx)
      await keepVersion(tx, viewer, report, at)
      if (isFirst && [...kept.values()].some(({ outcome }) => outcome !== 'same'))
        await record(tx, viewer, 'learning report written', { kind: 'learning report', id: report })
      return kept
    }),
  )

/** Of those who change one report at the same time the second waits. */
export const lockReport = async (tx: Tx, report: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${report}, 0))`.execute(tx)
}

/** Two texts, sent back as the box showed them. */
const isAsShown = (there: readonly ReportText[], words: string, read: readonly number[]): boolean => {
  const shown = there.filter(({ version }) => read.includes(version))
  return shown.length > 1 && words === wordsByField(shown).get(shown[0]!.field)
}

type New = { field: string; version: number; words: string; replaced: boolean; sitting: string; at: Date }
const insert = (tx: Tx, viewer: StaffViewer, report: string, { replaced, at, ...text }: New) =>
  tx
    .insertInto('report_text')
    .values({
      ...text,
      partnership_id: viewer.partnership,
      id: newId(),
      report_id: report,
      written_by: viewer.staff,
      written_at: at,
      replaced_at: replaced ? at : null,
    })
    .execute()

const replace = async (tx: Tx, viewer: StaffViewer, texts: readonly ReportText[], at: Date): Promise<void> => {
  if (texts.length === 0) return
  await sql`update report_text set replaced_at = ${at} where partnership_id = ${viewer.partnership}
    and id = any(${texts.map(({ id }) => id)}::uuid[])`.execute(tx)
}

const bringBack = async (tx: Tx, viewer: StaffViewer, report: string, fields: readonly string[]): Promise<void> => {
  const ids = fields.flatMap((field) => /^(?:issue|heading|change|evidence|says)-(.+)$/.exec(field)?.[1] ?? [])
  if (ids.length === 0) return
  await sql`update report_issue i set removed_by = null, removed_at = null, parent_id = (select o.id from report_issue o
      where o.partnership_id = i.partnership_id and o.id = i.parent_id and o.parent_id is null)
    where partnership_id = ${viewer.partnership} and report_id = ${report} and removed_at is not null
      and (id = any(${ids}::uuid[]) or id in (select parent_id from report_issue
        where partnership_id = ${viewer.partnership} and id = any(${ids}::uuid[])))`.execute(tx)
  await sql`update report_change set removed_by = null, removed_at = null where partnership_id = ${viewer.partnership}
    and report_id = ${report} and removed_at is not null and id = any(${ids}::uuid[])`.execute(tx)
}

const hasSat = async (tx: Tx, viewer: StaffViewer, report: string, sitting: string): Promise<boolean> => {
  const { rows } = await sql`select from report_text where partnership_id = ${viewer.partnership}
    and report_id = ${report} and sitting = ${sitting} limit 1`.execute(tx)
  return rows.length > 0
}
