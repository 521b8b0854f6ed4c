import { abreast } from '../../platform/index.ts'
import { agencyNames } from '../../partnership/index.ts'
import { codesOf, type Code } from '../../sharing/index.ts'
import type { Ask } from '../../web/index.ts'
import { amendmentsOf, type Entry } from '../chronology.ts'
import { disputesOf, type Dispute } from '../dispute.ts'
import type { Through } from '../gate.ts'
import { namedOn } from './named-on.tsx'

export type Told = {
  entries: readonly Entry[]
  /** What puts each of them right, by its id. */
  amendments: ReadonlyMap<string, Entry[]>
  disputes: readonly Dispute[]
  agencies: ReadonlyMap<string, string>
  codes: readonly Code[]
  /** Who may read each sealed entry, by the entry's id. */
  named: ReadonlyMap<string, string>
}

/** All that stands beside some entries which the viewer may see, for `Chronology`. */
export const besideEntries = async (ask: Ask, at: Through, entries: readonly Entry[]): Promise<Told> => {
  const { partnership } = at.worker
  const { keys } = ask.house
  const amendments = await amendmentsOf(ask.tx, keys, partnership, entries)
  const all = [...entries, ...[...amendments.values()].flat()]
  const [disputes, named, agencies, codes] = await abreast(
    ask.tx,
    () => disputesOf(ask.tx, keys, partnership, at.subject.id),
    () => namedOn(ask, all),
    () =>
      agencyNames(
        ask.tx,
        all.map(({ agency_id }) => agency_id),
      ),
    () => codesOf(ask.tx, partnership),
  )
  return { entries, amendments, disputes, named, agencies, codes }
}
