import { sql } from 'kysely'
import { asProduct, hasRole, isFrontDoor, type StaffViewer, type Tx } from '../platform/index.ts'
import { standingOf } from '../staff/index.ts'
import { existingFor } from './existing-for.ts'

const most_listed = 100

export type Led = {
  involvement: string
  subject: string
  reference: string
  role: 'lead' | 'trusted adult'
  since: Date
  adult_from: string | null
  kind: string
}

/**
 * Who shares out the people of somebody who leaves: a manager of their agency; and once they cannot sign in any more, a
 * manager at the front door too, since their agency may be closed with them.
 */
export const mayHandOn = async (tx: Tx, viewer: StaffViewer, account: string, now: Date): Promise<boolean> => {
  if (!hasRole(viewer, 'manager')) return false
  const leaver = (await standingOf(tx, [account], now)).get(account)
  return leaver !== undefined && (leaver.agency === viewer.agency || (isFrontDoor(viewer) && !leaver.isOpen))
}

/** The people somebody leads or is the trusted adult of, by reference: only those who exist for this viewer at all. */
export const ledBy = async (
  tx: Tx,
  viewer: StaffViewer,
  account: string,
  { now, zone }: { now: Date; zone: string },
): Promise<Led[]> => {
  type Row = Led & { supplier: string; handling: 0 | 1 | 2 }
  const rows = await asProduct(tx, async () => {
    const found = await sql<Row>`
      select i.id as involvement, i.subject_id as subject, s.reference, i.role, i.from_at as since,
        s.agency_id as supplier, s.adult_from::text as adult_from, s.kind, s.handling::int as handling
      from involvement i join subject s on s.partnership_id = i.partnership_id and s.id = i.subject_id
      where i.partnership_id = ${viewer.partnership} and i.staff_id = ${account} and i.role in ('lead', 'trusted adult')
        and i.from_at <= ${now} and (i.to_at is null or i.to_at > ${now})
      order by i.from_at, i.id limit ${most_listed}`.execute(tx)
    return found.rows
  })
  const there = await existingFor(tx, viewer, rows, { now, zone })
  return there.map(({ involvement, subject, reference, role, since, adult_from, kind }) => ({
    involvement,
    subject,
    reference,
    role,
    since,
    adult_from,
    kind,
  }))
}
