import { asProduct, NotFound, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import { addEntry } from './add-entry.ts'
import type { Entry } from './chronology.ts'
import type { SubjectFacts } from './queries.ts'
import type { EntryClass, EntryKind } from './subject.ts'

/**
 * Writes beside an entry what puts it right: of the same moment, class and handling, for the same people if it is
 * sealed. The earlier words stay as they are. @throws {NotFound} for another agency's entry, and for an amendment
 */
export const amendEntry = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { entry, subject }: { entry: Entry; subject: SubjectFacts },
  words: string,
  at: Date,
): Promise<string> => {
  // What puts an amendment right stands beside the first as well.
  if (entry.agency_id !== viewer.agency || entry.amends_id !== null) throw new NotFound()
  const named = await asProduct(tx, () =>
    tx
      .selectFrom('named_person')
      .select('staff_id')
      .where('partnership_id', '=', viewer.partnership)
      .where('row_id', '=', entry.id)
      .where('ended_at', 'is', null)
      .execute(),
  )
  return addEntry(
    tx,
    keys,
    viewer,
    subject,
    {
      kind: entry.kind as EntryKind,
      happened_at: entry.happened_at,
      words,
      data_class: entry.data_class as EntryClass,
      handling: entry.handling,
      source: '',
    },
    { at, named: named.map(({ staff_id }) => staff_id), amends: entry.id },
  )
}
