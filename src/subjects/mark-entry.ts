import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Entry } from './chronology.ts'
import type { Significance } from './subject.ts'

/** What stands in every row beside an entry: whose it is, and how closely it is kept. */
const beside = (viewer: StaffViewer, subject: string, { id, data_class, handling }: Entry) => ({
  partnership_id: viewer.partnership,
  id: newId(),
  entry_id: id,
  subject_id: subject,
  agency_id: viewer.agency,
  data_class,
  handling: String(handling),
})
const detail = ({ id, handling }: Entry, more: Record<string, string> = {}) => ({ entry: id, handling, ...more })

/** Says how much an entry means in the story. A person chooses it; nothing is worked out. Whoever calls sees the entry. */
export const weighEntry = (
  tx: Tx,
  viewer: StaffViewer,
  subject: string,
  entry: Entry,
  significance: Significance,
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    if (entry.significance === significance) return
    await asProduct(inner, () =>
      inner
        .insertInto('entry_significance')
        .values({ ...beside(viewer, subject, entry), significance, chosen_by: viewer.staff, chosen_at: at })
        .execute(),
    )
    const about = { kind: 'person', id: subject }
    await record(inner, viewer, 'entry weighed', about, detail(entry, { significance }))
  })

/** Keeps an entry in view for everybody who may see it. Whoever calls sees it. */
export const pinEntry = (tx: Tx, viewer: StaffViewer, subject: string, entry: Entry, at: Date): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const pinned = await asProduct(inner, () =>
      inner
        .insertInto('entry_pin')
        .values({ ...beside(viewer, subject, entry), pinned_by: viewer.staff, pinned_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst(),
    )
    if (pinned.numInsertedOrUpdatedRows !== 1n) return
    await record(inner, viewer, 'entry pinned', { kind: 'person', id: subject }, detail(entry))
  })

/** Takes it down again. */
export const unpinEntry = (tx: Tx, viewer: StaffViewer, subject: string, entry: Entry, at: Date): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const ended = await asProduct(inner, () =>
      inner
        .updateTable('entry_pin')
        .set({ ended_by: viewer.staff, ended_at: at })
        .where('partnership_id', '=', viewer.partnership)
        .where('entry_id', '=', entry.id)
        .where('ended_at', 'is', null)
        .executeTakeFirst(),
    )
    if (ended.numUpdatedRows !== 1n) return
    await record(inner, viewer, 'entry unpinned', { kind: 'person', id: subject }, detail(entry))
  })
