import { sql } from 'kysely'
import { isId, NotFound, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Declared, Seat, Sitting } from './sitting.ts'

const columns = sql`s.id, s.agency_id, s.body_id, s.kind, s.reference, s.purpose, s.basis, s.condition, s.starts_at, s.ends_at,
  s.place, s.called_by, s.called_at, s.called_off_at`

/** The sittings that this viewer's agency called or is asked to: those from `from` on, the next first; or those before. */
export const sittingsOf = async (
  tx: Tx,
  partnership: string,
  { from, before }: { from?: Date; before?: Date },
): Promise<Sitting[]> => {
  const { rows } = await sql<Sitting>`select ${columns} from panel_sitting s where s.partnership_id = ${partnership}
    and ${from ? sql`s.ends_at >= ${from}` : sql`s.ends_at < ${before}`}
    order by ${from ? sql`s.starts_at` : sql`s.starts_at desc`}, s.id limit ${from ? 100 : 20}`.execute(tx)
  return rows
}

/** @throws {NotFound} for what does not exist and for an agency that is not asked */
export const sittingFor = async (tx: Tx, partnership: string, id: string | undefined): Promise<Sitting> => {
  if (id === undefined || !isId(id)) throw new NotFound()
  const { rows } = await sql<Sitting>`select ${columns} from panel_sitting s
    where s.partnership_id = ${partnership} and s.id = ${id}`.execute(tx)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** The sitting at which a meeting about somebody is an item, for whoever sees both. */
export const sittingOfMeeting = async (tx: Tx, partnership: string, meeting: string): Promise<Sitting | undefined> => {
  const { rows } = await sql<Sitting>`select ${columns} from panel_sitting s
    join panel_item i on i.partnership_id = s.partnership_id and i.sitting_id = s.id
    where s.partnership_id = ${partnership} and i.meeting_id = ${meeting}`.execute(tx)
  return rows[0]
}

/** The agencies that are asked, by name. */
export const seatsOf = async (tx: Tx, partnership: string, sitting: string): Promise<Seat[]> => {
  const { rows } = await sql<Seat>`select t.of_agency_id, a.name, a.kind, t.rule, t.asked_at from panel_seat t
    join agency a on a.partnership_id = t.partnership_id and a.id = t.of_agency_id
    where t.partnership_id = ${partnership} and t.sitting_id = ${sitting} order by a.name collate "und-x-icu"`.execute(
    tx,
  )
  return rows
}

/** Who has declared, the latest word of each. */
export const declaredAt = async (tx: Tx, partnership: string, sitting: string): Promise<Declared[]> => {
  const { rows } = await sql<Declared>`select distinct on (staff_id) staff_id, of_agency_id, said_at, until_at
    from panel_declaration where partnership_id = ${partnership} and sitting_id = ${sitting}
    order by staff_id, said_at desc`.execute(tx)
  return rows
}

/** Until when the viewer's own declaration holds, while it does. */
export const declaredUntil = async (
  tx: Tx,
  viewer: StaffViewer,
  sitting: string,
  now: Date,
): Promise<Date | undefined> => {
  const mine = (await declaredAt(tx, viewer.partnership, sitting)).find(({ staff_id }) => staff_id === viewer.staff)
  return mine && mine.until_at > now ? mine.until_at : undefined
}
