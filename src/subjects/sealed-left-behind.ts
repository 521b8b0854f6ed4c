import { sql } from 'kysely'
import { asProduct, hasRole, isFrontDoor, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import { nameStranded } from '../sharing/index.ts'
import { existingFor } from './existing-for.ts'

const most_listed = 200

export type Stranded = { subject: string; reference: string; entries: string[] }

/**
 * Sealed entries, and sealed decisions to share, that nobody is left to read: everybody named on them cannot sign in any more. For a manager of the
 * agency that wrote them, and of the front door where that agency is closed: by reference and number, never what.
 */
export const sealedLeftBehind = async (
  tx: Tx,
  viewer: StaffViewer,
  { now, zone }: { now: Date; zone: string },
): Promise<Stranded[]> => {
  if (!hasRole(viewer, 'manager')) return []
  type Row = Stranded & { supplier: string; adult_from: string | null; handling: 0 | 1 | 2 }
  const rows = await asProduct(tx, async () => {
    const found = await sql<Row>`
      select e.subject_id as subject, s.reference, s.agency_id as supplier, s.adult_from, s.handling::int as handling,
        array_agg(e.id order by e.id) as entries
      from (select partnership_id, id, subject_id, agency_id from entry where handling = 2
          union all select partnership_id, id, subject_id, agency_id from disclosure where kept = 2) e
        join subject s on s.partnership_id = e.partnership_id and s.id = e.subject_id
      where e.partnership_id = ${viewer.partnership} and s.erased_at is null
        and (e.agency_id = ${viewer.agency}
          or ${isFrontDoor(viewer)} and agency_closed(e.partnership_id, e.agency_id, ${now}))
        and not exists (select from named_person n join account a on a.partnership_id = n.partnership_id and a.id = n.staff_id
          where n.partnership_id = e.partnership_id and n.row_id = e.id and n.ended_at is null
            and not account_closed(a.partnership_id, a.id, a.agency_id, ${now}))
      group by e.subject_id, s.reference, s.agency_id, s.adult_from, s.handling
      order by s.reference limit ${most_listed}`.execute(tx)
    return found.rows
  })
  const there = await existingFor(tx, viewer, rows, { now, zone })
  return there.map(({ subject, reference, entries }) => ({ subject, reference, entries }))
}

/** Names somebody for every one of these that is still stranded. @returns how many entries they are named for */
export const nameForStranded = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  input: { subjects: readonly string[]; staff: string; why: string; now: Date; zone: string },
): Promise<number> => {
  const { staff, why, now } = input
  const stranded = (await sealedLeftBehind(tx, viewer, input)).filter(({ subject }) => input.subjects.includes(subject))
  let named = 0
  for (const { subject, entries } of stranded)
    for (const row of entries) {
      await nameStranded(tx, viewer, { row, subject }, staff, { keys, why, at: now })
      named++
    }
  return named
}
