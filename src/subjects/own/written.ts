import { sql } from 'kysely'
import {
  asProduct,
  inTransaction,
  newId,
  record,
  type Keys,
  type PersonViewer,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { disputesOf, type Dispute } from '../dispute.ts'
import { chronologyOf, type Entry } from '../chronology.ts'

/** Entries that may be put on the person's page: the agency's own, open, and of no restricted class. */
export const mayShow = (entry: Entry, viewer: StaffViewer): boolean =>
  entry.agency_id === viewer.agency && entry.handling === 0 && entry.data_class === 'D4'

export const shownOf = (tx: Tx, partnership: string, subject: string): Promise<Set<string>> =>
  asProduct(tx, async () => {
    const { rows } = await sql<{ entry_id: string }>`select entry_id from shown_entry
      where partnership_id = ${partnership} and subject_id = ${subject} and taken_off_at is null`.execute(tx)
    return new Set(rows.map(({ entry_id }) => entry_id))
  })

/** Puts exactly these of the agency's entries on the person's page, and takes the others of it off. */
export const showEntries = (
  tx: Tx,
  viewer: StaffViewer,
  subject: string,
  { may, wanted }: { may: readonly Entry[]; wanted: readonly string[] },
  at: Date,
): Promise<void> =>
  inTransaction(tx, async (inner) => {
    const there = await shownOf(inner, viewer.partnership, subject)
    await asProduct(inner, async () => {
      const on = may.filter(({ id }) => wanted.includes(id) && !there.has(id))
      const off = may.filter(({ id }) => !wanted.includes(id) && there.has(id)).map(({ id }) => id)
      const of = { partnership_id: viewer.partnership, subject_id: subject, agency_id: viewer.agency }
      if (on.length > 0)
        await inner
          .insertInto('shown_entry')
          .values(on.map(({ id }) => ({ ...of, id: newId(), entry_id: id, shown_by: viewer.staff, shown_at: at })))
          .execute()
      await sql`update shown_entry set taken_off_at = ${at} where partnership_id = ${viewer.partnership}
        and subject_id = ${subject} and taken_off_at is null and entry_id = any(${off}::uuid[])`.execute(inner)
      await record(
        inner,
        viewer,
        'own page changed',
        { kind: 'person', id: subject },
        { on: on.length, off: off.length },
      )
    })
  })

/** What is written about the person on their page, as row-level security opens it to them, with what they said against it. */
export const writtenFor = async (
  tx: Tx,
  keys: Keys,
  { partnership, subject }: PersonViewer,
): Promise<{ entries: Entry[]; disputes: Dispute[] }> => {
  const entries = await chronologyOf(tx, keys, partnership, subject)
  const all = await disputesOf(tx, keys, partnership, subject)
  return { entries, disputes: all.filter(({ entry_id }) => entries.some(({ id }) => id === entry_id)) }
}

export type Holding = { id: string; name: string }
/** The agencies that hold something about them, as far as the law lets them be named here: see `suppliersOf` in access. */
export const whoHolds = (tx: Tx, { partnership, subject }: PersonViewer): Promise<Holding[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Holding>`select distinct g.id, g.name from subjects_facts f
        join agency g on g.partnership_id = f.partnership_id and g.id = f.agency_id
      where f.partnership_id = ${partnership} and f.subject_id = ${subject} and f.handling::int = 0 and f.data_class < 'D7'
        and coalesce(f.purpose, '') not in ('crime', 'immigration') order by g.name, g.id`.execute(tx)
    return rows
  })
