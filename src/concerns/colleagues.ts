import { frontDoorAgencies } from '../partnership/index.ts'
import type { StaffViewer, Tx } from '../platform/index.ts'
import { accountsOfAgency, type Colleague } from '../staff/index.ts'

/** Everybody who decides at the front door, by name. */
export const deciders = async (tx: Tx, worker: StaffViewer, at: Date): Promise<Colleague[]> => {
  const found: Colleague[] = []
  for (const agency of await frontDoorAgencies(tx, worker.partnership, at))
    found.push(...(await accountsOfAgency(tx, agency)))
  return found
    .filter(({ roles }) => roles.some((role) => role === 'duty' || role === 'manager'))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/** The others. */
export const colleagues = async (tx: Tx, worker: StaffViewer, at: Date): Promise<Colleague[]> =>
  (await deciders(tx, worker, at)).filter(({ id }) => id !== worker.staff)
