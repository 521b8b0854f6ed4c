import {
  dataKeyOf,
  inTransaction,
  newId,
  record,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../platform/index.ts'
import { nameFor, raiseForRow } from '../sharing/index.ts'
import { sealEntry, sealSource } from './sealed.ts'
import type { AboutKind, EntrySaid } from './subject.ts'

type Adding = {
  at: Date
  named?: readonly string[]
  about?: { kind: AboutKind; id: string }
  amends?: string
}

/**
 * Adds to a subject's chronology in the name of the viewer's agency. Whoever calls came through the gate.
 * @param named who may open it where it is sealed (handling 2); the writer always may
 * @param about the row that it came from
 * @param amends the entry that it puts right
 */
export const addEntry = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: { id: string; adult_from: string | null },
  said: EntrySaid,
  { at, named = [], about, amends }: Adding,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const id = newId()
    const key = await dataKeyOf(tx, keys, viewer.partnership, { kind: 'subject', id: subject.id })
    await tx
      .insertInto('entry')
      .values({
        partnership_id: viewer.partnership,
        id,
        subject_id: subject.id,
        agency_id: viewer.agency,
        adult_from: subject.adult_from,
        kind: said.kind,
        happened_at: said.happened_at,
        words_sealed: sealEntry(key, id, said.words),
        key_id: key.id,
        known_from: said.known_from ?? null,
        about_kind: about?.kind ?? null,
        about_id: about?.id ?? null,
        amends_id: amends ?? null,
        source_sealed: sealSource(key, id, said.source),
        entered_by: viewer.staff,
        entered_at: at,
        data_class: said.data_class,
        handling: String(said.handling),
      })
      .execute()
    if (said.handling === 2) await nameFor(tx, viewer, { row: id, subject: subject.id }, [viewer.staff, ...named], at)
    await raiseForRow(tx, viewer, subject.id, { dataClass: said.data_class, handling: said.handling }, at)
    await record(
      tx,
      viewer,
      'entry added',
      { kind: 'person', id: subject.id },
      { entry: id, class: said.data_class, handling: said.handling },
    )
    return id
  })
