import { sql } from 'kysely'
import { homeOf, type Line, type Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import type { Kind, Part, Rung } from './plan.ts'

type Row = { id: string; agency_id: string; at: Date } & (
  | { what: 'started'; detail: Kind }
  | { what: 'done' | 'not done'; detail: Part }
  | { what: 'down' | 'up'; detail: Rung }
  | { what: 'reviewed' | 'closed' | 'reopened'; detail: '' }
)

/** What the plan's own rows tell: when it began, what was done of it, its reviews and steps, closing and opening again. */
export const planLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const of = sql`x.partnership_id = ${worker.partnership} and x.subject_id = ${subject.id}`
  const { rows } = await sql<Row>`
    select x.id, x.agency_id, x.started_at as at, 'started' as what, x.kind as detail from plan x where ${of}
    union all select x.id, x.agency_id, x.said_at, x.said, a.part from plan_progress x
      join plan_action a on a.partnership_id = x.partnership_id and a.id = x.action_id
      where ${of} and x.said in ('done', 'not done')
    union all select x.id, x.agency_id, x.held_at, 'reviewed', '' from plan_review x where ${of}
    union all select x.id, x.agency_id, x.taken_at, x.way, x.to_rung from plan_step x where ${of}
    union all select x.id, x.agency_id, x.closed_at, 'closed', '' from plan_closure x where ${of} and x.closed_at is not null
    union all select x.id, x.agency_id, x.reopened_at, 'reopened', '' from plan_reopening x where ${of}`.execute(ask.tx)
  const { lines, kinds, parts, rungs } = ask.w.plan
  const named: Readonly<Record<string, string>> = { ...kinds, ...parts, ...rungs }
  return rows.map(({ id, agency_id, at, what, detail }) => ({
    id,
    kind: 'plan',
    agency_id,
    at,
    text: fill(lines[what], { detail: named[detail] ?? '' }),
    href: `${homeOf(subject)}/plan`,
  }))
}
