import { agencyNames } from '../../partnership/index.ts'
import { codesOf, type Code } from '../../sharing/index.ts'
import type { Ask } from '../../web/index.ts'
import { disputesOf, type Dispute } from '../dispute.ts'
import type { Through } from '../gate.ts'
import { chronologyOf, type Entry } from '../queries.ts'
import { namedOn } from './named-on.tsx'

export type Told = {
  entries: readonly Entry[]
  disputes: readonly Dispute[]
  agencies: ReadonlyMap<string, string>
  codes: readonly Code[]
  /** Who may read each sealed entry, by the entry's id. */
  named: ReadonlyMap<string, string>
}

/** The latest entries that the viewer may see, with all that stands beside them: for `Chronology`. */
export const whatHappened = async (ask: Ask, at: Through, limit: number): Promise<Told> => {
  const { partnership } = at.worker
  const { keys } = ask.house
  const entries = await chronologyOf(ask.tx, keys, partnership, at.subject.id, { limit })
  return {
    entries,
    disputes: await disputesOf(ask.tx, keys, partnership, at.subject.id),
    named: await namedOn(ask, entries),
    agencies: await agencyNames(
      ask.tx,
      entries.map(({ agency_id }) => agency_id),
    ),
    codes: await codesOf(ask.tx, partnership),
  }
}
