import { sql } from 'kysely'
import type { Line, Through } from '../../subjects/index.ts'
import { fill, type Ask } from '../../web/index.ts'
import { taskCalled, type Outcome, type Side } from './transition.ts'

type Row = { id: string; agency_id: string; at: Date } & (
  { what: Outcome; detail: string } | { what: 'owner'; detail: Side }
)

/** What the rows around 18 tell: who came to carry it, and what was done. */
export const transitionLines = async (ask: Ask, { worker, subject }: Through): Promise<Line[]> => {
  const of = sql`x.partnership_id = ${worker.partnership} and x.subject_id = ${subject.id}`
  const { rows } = await sql<Row>`
    select x.id, x.agency_id, x.said_at as at, x.outcome as what, t.code as detail from transition_answer x
      join transition_task t on t.partnership_id = x.partnership_id and t.id = x.task_id where ${of}
    union all select x.id, x.agency_id, x.named_at, 'owner', x.side from transition_owner x where ${of} and x.task_id is null`.execute(
    ask.tx,
  )
  const words = ask.w.eighteen
  return rows.map((row) => ({
    id: row.id,
    kind: 'transition',
    agency_id: row.agency_id,
    at: row.at,
    text:
      row.what === 'owner'
        ? words.lines.owner[row.detail]
        : fill(words.lines[row.what], { task: taskCalled(row.detail)?.label ?? row.detail }),
    href: `/people/${subject.id}/eighteen`,
  }))
}
