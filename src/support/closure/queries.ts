import { sql } from 'kysely'
import type { Keys, StaffViewer, Tx } from '../../platform/index.ts'
import { openRows } from '../sealed.ts'
import type { Closure, Step } from './closure.ts'

const stepWords = ['safer', 'stays', 'signs', 'back', 'why'] as const
const closureWords = ['stays', 'view', 'unheard', 'signs', 'instead'] as const
type Sealed<T, C extends string> = Omit<T, C> & { key_id: string } & Record<`${C}_sealed`, Buffer | null>

/** Every step that was taken, the latest first, as far as this viewer may see. */
export const stepsOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Step[]> => {
  const { rows } = await sql<Sealed<Step, (typeof stepWords)[number]>>`
    select id, way, to_rung, safer_sealed, stays_sealed, signs_sealed, back_sealed, why_sealed, key_id, taken_by, taken_at
    from plan_step where partnership_id = ${partnership} and subject_id = ${subject} order by taken_at desc, id`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'plan_step', columns: stepWords }, rows)
}

/** Every closure, the latest first: the first is the one that counts, or waits, unless it has ended. */
export const closuresOf = async (tx: Tx, keys: Keys, partnership: string, subject: string): Promise<Closure[]> => {
  const { rows } = await sql<Sealed<Closure, (typeof closureWords)[number]>>`
    select c.id, c.keeper_id, c.until_on::text as until_on, c.stays_sealed, c.view_sealed, c.unheard_sealed, c.signs_sealed,
      c.instead_sealed, c.key_id, c.near_eighteen, c.asked_by, c.asked_at, c.closed_at, c.ended_at, s.answer as second,
      r.cause as reopened
    from plan_closure c
    left join plan_closure_second s on s.partnership_id = c.partnership_id and s.closure_id = c.id
    left join plan_reopening r on r.partnership_id = c.partnership_id and r.closure_id = c.id
    where c.partnership_id = ${partnership} and c.subject_id = ${subject} order by (c.ended_at is null) desc, c.asked_at desc, c.id`.execute(
    tx,
  )
  return openRows(tx, keys, partnership, { table: 'plan_closure', columns: closureWords }, rows)
}

export type Notice = { id: string; subject: string; kind: 'open again' | 'may be about them'; told_at: Date }

/** What somebody was told and has not read. */
export const noticesOf = async (tx: Tx, viewer: StaffViewer): Promise<Notice[]> => {
  const { rows } = await sql<Notice>`select id, subject_id as subject, kind, told_at from plan_notice
    where partnership_id = ${viewer.partnership} and staff_id = ${viewer.staff} and read_at is null
    order by told_at desc, id limit 50`.execute(tx)
  return rows
}
