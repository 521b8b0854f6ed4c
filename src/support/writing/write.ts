import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  record,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { addWritten, type NewText } from './add-written.ts'
import { mergeText, type Merged } from './merge.ts'
import { readWritten } from './read.ts'
import { plainLines, type Document, type Typed, type Written } from './written.ts'

export type Kept = Pick<Merged<Written>, 'outcome' | 'read'>

type Sitting = { sitting: string; typed: readonly Typed[]; event: string; at: Date }

/**
 * Keeps what was typed, field by field. What nobody else touched since it was read follows it; what somebody did is kept
 * beside theirs, and what was only shown and not changed is left alone. So two people on one form never lose a word, and
 * the same text sent twice is kept once. Whoever calls has shown that this viewer may read the document.
 * @param sitting one page as it was opened: a text follows what the same sitting kept before, though its answer was lost
 * @param event what it is called in the log, once for each sitting: 'assessment written'
 * @returns for each field what became of it, and the versions to send with what is typed next
 */
export const write = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  document: Document,
  { sitting, typed, event, at }: Sitting,
): Promise<Map<string, Kept>> =>
  inTransaction(db, (tx) =>
    asProduct(tx, async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${document.id}, 0))`.execute(tx)
      const fields = typed.map(({ field }) => field)
      const rows = await readWritten(tx, keys, viewer.partnership, document.id, { every: true, fields })
      const isFirst = !(await hasSat(tx, viewer, document, sitting))
      const add = await addWritten(tx, keys, viewer, document)
      const insert = (text: Text) =>
        add({ ...text, sitting, agency_id: viewer.agency, written_by: viewer.staff, written_at: at })
      const kept = new Map<string, Kept>()
      for (const one of typed) {
        const there = rows.filter(({ field }) => field === one.field)
        kept.set(
          one.field,
          await keep(tx, viewer, there, { ...one, words: plainLines(one.words), sitting, at }, insert),
        )
      }
      if (isFirst && [...kept.values()].some(({ outcome }) => outcome !== 'same'))
        await record(tx, viewer, event, { kind: 'person', id: document.subject_id }, { document: document.id })
      return kept
    }),
  )

type Text = Pick<NewText, 'field' | 'version' | 'words' | 'replaced_at'>

const keep = async (
  tx: Tx,
  viewer: StaffViewer,
  there: readonly Written[],
  { field, at, ...typed }: Typed & { sitting: string; at: Date },
  insert: (text: Text) => Promise<void>,
): Promise<Kept> => {
  const { outcome, read, adds, replaces } = mergeText(there, typed)
  if (adds) await insert({ field, version: adds.version, words: adds.words, replaced_at: adds.replaced ? at : null })
  await replace(tx, viewer, replaces, at)
  return { outcome, read }
}

const replace = async (tx: Tx, viewer: StaffViewer, rows: readonly Written[], at: Date): Promise<void> => {
  if (rows.length === 0) return
  await tx
    .updateTable('written')
    .set({ replaced_at: at })
    .where('partnership_id', '=', viewer.partnership)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
}

/** Whether this sitting kept something before: then its one event stands in the log. */
const hasSat = async (tx: Tx, viewer: StaffViewer, document: Document, sitting: string): Promise<boolean> => {
  const { rows } = await sql`select from written where partnership_id = ${viewer.partnership}
    and document_id = ${document.id} and sitting = ${sitting} limit 1`.execute(tx)
  return rows.length > 0
}
