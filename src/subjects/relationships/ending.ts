import { sql } from 'kysely'
import { calendarOf, clockOf } from '../../partnership/index.ts'
import {
  asProduct,
  enqueue,
  inTransaction,
  instant,
  localDate,
  newId,
  record,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../../platform/index.ts'
import { involvedWith, type Involved } from '../../sharing/index.ts'

const day = 86_400_000

/** How many days before somebody who protects goes the others are told; the partnership may set it (`content/clocks.json`). */
export const daysBefore = async (tx: Tx, partnership: string, at: Date): Promise<number> => {
  const clock = await clockOf(tx, partnership, 'ending-nears', at)
  return clock && (clock.unit === 'days' || clock.unit === 'working-days') ? clock.amount : 28
}

type Planning = { subject: string; one: Involved; ends_on: string | null }

/**
 * Says on which day somebody's part is going to end, or that it is not. Nothing ends by it: that is done by hand, with
 * the handover. In good time before the day those who stay are told.
 */
export const planEnding = (tx: Tx, viewer: StaffViewer, { subject, one, ends_on }: Planning, at: Date): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership, staff } = viewer
      const id = newId()
      await sql`update planned_ending set replaced_at = ${at} where partnership_id = ${partnership}
        and involvement_id = ${one.id} and replaced_at is null`.execute(inner)
      await inner
        .insertInto('planned_ending')
        .values({
          partnership_id: partnership,
          id,
          involvement_id: one.id,
          subject_id: subject,
          agency_id: one.agency_id,
          ends_on,
          said_by: staff,
          said_at: at,
        })
        .execute()
      const kind = ends_on ? 'ending planned' : 'ending called off'
      await record(inner, viewer, kind, { kind: 'person', id: subject }, { involvement: one.id })
      if (!ends_on) return
      const { zone } = await calendarOf(inner, partnership)
      const tell = new Date(instant(ends_on, 0, zone).getTime() - (await daysBefore(inner, partnership, at)) * day)
      await enqueue(
        inner,
        viewer,
        'ending nears',
        { ending: id },
        { key: `ending ${id}`, ...(tell > at && { at: tell }) },
      )
    }),
  )

export type Ending = { involvement_id: string; ends_on: string }

/** The days on which parts of a person's circle are going to end, whoever asks: what may be told is the caller's to ask. */
export const endingsOf = (tx: Tx, partnership: string, subject: string): Promise<Ending[]> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Ending>`select involvement_id, ends_on::text as ends_on from planned_ending
      where partnership_id = ${partnership} and subject_id = ${subject} and replaced_at is null and ends_on is not null
      order by ends_on, id`.execute(tx)
    return rows
  })

/**
 * Tells whoever leads and the trusted adult, and who would step in, that somebody who protects the person is about to
 * go. What was put off, called off or has ended meanwhile is told to nobody. @returns how many were told
 */
export const tellOfEnding = (tx: Tx, viewer: Viewer, ending: string, at: Date): Promise<number> =>
  asProduct(tx, async () => {
    const { rows } = await sql<Ending & { subject_id: string }>`
      select involvement_id, subject_id, ends_on::text as ends_on from planned_ending
      where partnership_id = ${viewer.partnership} and id = ${ending} and replaced_at is null and ends_on is not null`.execute(
      tx,
    )
    const [planned] = rows
    return planned ? tell(tx, viewer, { ...planned, cause: 'planned' }, at) : 0
  })

/** The same at once for everybody whom a worker protected whose account is closed. */
export const tellOfLeaving = (tx: Tx, viewer: Viewer, account: string, at: Date): Promise<number> =>
  asProduct(tx, async () => {
    const ends_on = localDate(at, (await calendarOf(tx, viewer.partnership)).zone)
    const { rows } = await sql<{ involvement_id: string; subject_id: string }>`
      select id as involvement_id, subject_id from involvement where partnership_id = ${viewer.partnership}
        and staff_id = ${account} and from_at <= ${at} and (to_at is null or to_at > ${at})`.execute(tx)
    let told = 0
    for (const one of rows) told += await tell(tx, viewer, { ...one, ends_on, cause: 'account closed' }, at)
    return told
  })

type Telling = Ending & { subject_id: string; cause: 'planned' | 'account closed' }

const tell = async (
  tx: Tx,
  viewer: Viewer,
  { involvement_id, subject_id, ends_on, cause }: Telling,
  at: Date,
): Promise<number> => {
  const { partnership } = viewer
  const live = await involvedWith(tx, partnership, subject_id, at)
  const one = live.find(({ id }) => id === involvement_id)
  if (!one || !(await isProtective(tx, partnership, subject_id, one))) return 0
  const near = live.flatMap(({ role, staff_id }) =>
    (role === 'lead' || role === 'trusted adult') && staff_id ? [staff_id] : [],
  )
  const made = await sql`insert into ending_notice
      (partnership_id, id, involvement_id, subject_id, agency_id, staff_id, cause, ends_on, told_at)
    select a.partnership_id, gen_random_uuid(), ${involvement_id}, ${subject_id}, a.agency_id, a.id, ${cause}, ${ends_on}::date, ${at}
    from account a join subject s on s.partnership_id = a.partnership_id and s.id = ${subject_id} and s.kind = 'person'
    where a.partnership_id = ${partnership} and (a.id = any(${near}::uuid[])
        or a.id in (select backup_staff_id from trusted_choice where partnership_id = ${partnership}
          and subject_id = ${subject_id} and replaced_at is null))
      and (${cause} = 'planned' or a.id is distinct from ${one.staff_id}::uuid)
    on conflict do nothing`.execute(tx)
  const told = Number(made.numAffectedRows ?? 0)
  const about = { kind: 'person', id: subject_id }
  if (told > 0) await record(tx, viewer, 'ending told', about, { involvement: involvement_id, told })
  return told
}

/** Who leads, whom the person trusts, who would step in, and whoever is said to protect them. */
const isProtective = async (tx: Tx, partnership: string, subject: string, one: Involved): Promise<boolean> => {
  if (one.role === 'lead' || one.role === 'trusted adult') return true
  const of = sql`partnership_id = ${partnership} and subject_id = ${subject} and replaced_at is null`
  const { rows } = await sql<{ protects: boolean }>`select
    exists (select from relationship where ${of} and staff_id = ${one.staff_id}::uuid and effect in ('protective', 'both'))
    or exists (select from trusted_choice where ${of} and ${one.staff_id}::uuid in (staff_id, backup_staff_id)) as protects`.execute(
    tx,
  )
  return rows[0]!.protects
}
