import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import { fill, type Held, type House } from '../../web/index.ts'
import type { Rung } from '../plan/plan.ts'

const columns = {
  step: ['plan_step', 'safer', 'stays', 'signs', 'back', 'why'],
  closure: ['plan_closure', 'stays', 'view', 'unheard', 'signs', 'instead'],
  second: ['plan_closure_second', 'why'],
  reopening: ['plan_reopening', 'why'],
} as const
type What = keyof typeof columns
type Row = {
  id: string
  what: What
  rung: Rung | null
  at: Date
  data_class: string
  handling: number
  key_id: string
  workers: string[]
  sealed: (Buffer | null)[]
}

/** What an agency's people wrote of stepping down, closing and opening again. */
export const closuresHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) => {
  const of = sql`x.partnership_id = ${partnership} and x.subject_id = ${subject} and x.agency_id = ${agency}`
  const common = sql`x.data_class, x.handling::int as handling, x.key_id`
  const { rows } = await sql<Row>`
    select x.id, 'step' as what, x.to_rung as rung, x.taken_at as at, ${common}, array[x.taken_by] as workers,
      array[x.safer_sealed, x.stays_sealed, x.signs_sealed, x.back_sealed, x.why_sealed] as sealed from plan_step x where ${of}
    union all select x.id, 'closure', null, x.asked_at, ${common}, array[x.asked_by, x.keeper_id],
      array[x.stays_sealed, x.view_sealed, x.unheard_sealed, x.signs_sealed, x.instead_sealed] from plan_closure x where ${of}
    union all select x.id, 'second', null, x.answered_at, ${common}, array[x.answered_by, x.asked_by], array[x.why_sealed]
      from plan_closure_second x where ${of}
    union all select x.id, 'reopening', null, x.reopened_at, ${common}, array[x.reopened_by], array[x.why_sealed]
      from plan_reopening x where ${of} and x.cause = 'asked'
    order by at, id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(({ id, what, rung, at, data_class, handling, key_id, workers, sealed }): Held[] => {
    const key = opened.get(key_id)
    if (!key) return []
    const [table, ...names] = columns[what]
    const text = sealed
      .flatMap((bytes, i) => (bytes ? [openText(key, { table, column: names[i]!, row: id }, bytes)] : []))
      .join('\n')
    const title = fill(words.rights.access.kinds[what], { part: rung ? words.plan.rungs[rung] : '' })
    return [{ id, title, at, text, data_class, handling, workers }]
  })
}
