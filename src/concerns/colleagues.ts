import { frontDoorAgencies } from '../partnership/index.ts'
import type { StaffViewer, Tx } from '../platform/index.ts'
import { accountsOfAgency, type Colleague } from '../staff/index.ts'

/** Everybody else who decides at the front door, by name. */
export const colleagues = async (tx: Tx, worker: StaffViewer, at: Date): Promise<Colleague[]> => {
  const found: Colleague[] = []
  for (const agency of await frontDoorAgencies(tx, worker.partnership, at))
    found.push(...(await accountsOfAgency(tx, agency)))
  return found
    .filter(({ id, roles }) => id !== worker.staff && roles.some((role) => role === 'duty' || role === 'manager'))
    .sort((a, b) => a.name.localeCompare(b.name))
}
