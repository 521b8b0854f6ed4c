import type { Db, Keys, StaffViewer, Tx } from '../platform/index.ts'
import { addEntry } from './add-entry.ts'
import type { AboutKind, EntrySaid } from './subject.ts'

export type Told = Omit<EntrySaid, 'source' | 'known_from'> & {
  subject: { id: string; adult_from: string | null }
  /** The row that says more: the chronology leads there whoever may see it. */
  about: { kind: AboutKind; id: string }
  /** Who may read it where it is sealed (handling 2); the writer always may. */
  named?: readonly string[]
}

/**
 * Writes into a person's story what a room did, in the transaction that did it. The class and handling are those of the
 * act's own row, so that nobody reads of it here who may not read it there. What a room's own rows tell by themselves it
 * does not write: those are read (decisions/015).
 */
export const chronicle = (
  db: Db | Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, about, named, ...said }: Told,
  at: Date,
): Promise<string> =>
  addEntry(db, keys, viewer, subject, { ...said, source: '' }, { at, about, ...(named && { named }) })
