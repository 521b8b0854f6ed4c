import { record, type StaffViewer, type Tx } from '../platform/index.ts'
import type { Refusal } from './decide.ts'
import type { Withheld } from './withheld.ts'

/** The event that the register counts refusals by: the reason and the clause, and nothing of whose record it was. */
export const refused = 'sharing refused'

export const refusedBy = (reason: Refusal, clause: string | undefined) => ({ reason, clause: clause ?? null })

/** Writes down what was kept back on a page that was opened: once for each clause or reason, however many items it was. */
export const recordWithheld = async (tx: Tx, viewer: StaffViewer, withheld: readonly Withheld[]): Promise<void> => {
  for (const { reason, clause, count } of withheld)
    await record(
      tx,
      viewer,
      refused,
      { kind: 'partnership', id: viewer.partnership },
      { ...refusedBy(reason, clause), items: count },
    )
}
