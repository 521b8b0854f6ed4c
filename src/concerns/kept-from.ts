import { sql } from 'kysely'
import { abreast, type StaffViewer, type Tx } from '../platform/index.ts'
import { decideImplied, registerOf } from '../sharing/index.ts'

/** Whether the seat at the front door opens to this viewer what any agency sent. */
export const frontDoorIsOpen = async (tx: Tx): Promise<boolean> => {
  const { rows } = await sql<{ open: boolean }>`
    select coalesce(cardinality(deciding_suppliers('D4', 1)) > 0, false) as open`.execute(tx)
  return rows[0]!.open
}

/** What the agreement keeps from somebody at the front door: by which clause, and of how many agencies. */
export type KeptFrom = { cite: string | undefined; title: string | undefined; agencies: number; all: boolean }

/**
 * Whose concerns somebody who sits at the front door does not see, and by which clause. An empty list must not look like a
 * quiet day when a clause has shut it.
 */
export const keptFrom = async (tx: Tx, worker: StaffViewer, now: Date): Promise<KeptFrom[]> => {
  const [register, agencies] = await abreast(
    tx,
    () => registerOf(tx, worker.partnership),
    () => tx.selectFrom('agency').select('id').where('partnership_id', '=', worker.partnership).execute(),
  )
  const denied = agencies.flatMap(({ id: supplier }) => {
    const row = { supplier, dataClass: 'D4', handling: 1 } as const
    const told = decideImplied(register, worker.agency, 'front-door', row, { now })
    return told.effect === 'deny' ? [told.clause] : []
  })
  return [...Map.groupBy(denied, (clause) => clause?.id).values()].map((these) => ({
    cite: these[0]?.cite,
    title: these[0]?.title,
    agencies: these.length,
    all: these.length === agencies.length,
  }))
}
