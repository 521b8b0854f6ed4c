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
import { readWritten } from './read.ts'
import { plainLines, type Document, type Typed, type Written } from './written.ts'

/** `beside`: somebody else wrote from the same text; both stand. `same`: there was nothing to keep. */
export type Kept = { outcome: 'saved' | 'same' | 'beside'; read: number[] }

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
  { field, words, read, sitting, at }: Typed & { sitting: string; at: Date },
  insert: (text: Text) => Promise<void>,
): Promise<Kept> => {
  const standing = there.filter(({ replaced_at }) => replaced_at === null)
  const own = standing.filter((one) => one.sitting === sitting)
  const shown = own.length ? own : there.filter(({ version }) => read.includes(version))
  if (shown.length < 2 && words === (shown[0]?.words ?? '')) return { outcome: 'same', read: versionsOf(shown, read) }
  const follows = standing.filter((one) => read.includes(one.version) || own.includes(one))
  const others = standing.filter((one) => !follows.includes(one))
  const alike = others.find((one) => one.words === words)
  if (alike) {
    await replace(tx, viewer, follows, at)
    return { outcome: others.length > 1 ? 'beside' : 'same', read: [alike.version] }
  }
  // To clear a field that somebody else has written in since is not a text to be kept beside theirs.
  const clears = words.trim() === '' && others.length > 0
  if (clears && follows.length === 0) return { outcome: 'same', read: [...read] }
  const version = Math.max(0, ...there.map((one) => one.version)) + 1
  await insert({ field, version, words, replaced_at: clears ? at : null })
  await replace(tx, viewer, follows, at)
  return { outcome: others.length ? 'beside' : 'saved', read: [version] }
}

const versionsOf = (shown: readonly Written[], read: readonly number[]): number[] =>
  shown.length ? shown.map(({ version }) => version) : [...read]

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
