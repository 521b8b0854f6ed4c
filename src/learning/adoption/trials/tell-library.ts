import { become, record, type StaffViewer, type Tx } from '../../../platform/index.ts'
import type { TrialState } from './trial.ts'

export type Told = {
  /** Whose finding it is. */
  partnership: string
  finding: string
  use: string
  /** '' where the area does not want to be named. */
  area: string
  state: TrialState
  told: string
  starts_on: string
}

/**
 * Puts into the library what others may know of a trial. The row belongs to the partnership that wrote the finding, so it
 * is written as the product of that partnership: nobody of it sees more of the trial than this, and nothing leads back.
 */
export const tellLibrary = async (tx: Tx, viewer: StaffViewer, told: Told): Promise<void> => {
  const theirs = { kind: 'system', partnership: told.partnership } as const
  await become(tx, theirs)
  try {
    const said = { area: told.area, state: told.state, told: told.told }
    await tx
      .insertInto('finding_use')
      .values({
        partnership_id: told.partnership,
        id: told.use,
        finding_id: told.finding,
        ...said,
        // The day itself could give the area away.
        since: `${told.starts_on.slice(0, 7)}-01`,
      })
      .onConflict((conflict) => conflict.columns(['partnership_id', 'id']).doUpdateSet(said))
      .execute()
    await record(tx, theirs, 'finding used', { kind: 'library finding', id: told.finding }, { state: told.state })
  } finally {
    await become(tx, viewer)
  }
}
