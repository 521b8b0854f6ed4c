import { sql } from 'kysely'
import { dataKeys, openText } from '../../platform/index.ts'
import { fill, type Held, type House } from '../../web/index.ts'
import type { Part, Said } from './plan.ts'

type Row = {
  id: string
  what:
    | 'goal'
    | 'goalEnd'
    | 'action'
    | 'progress'
    | 'review'
    | 'disagreement'
    | 'disagreementAnswer'
    | 'proposal'
    | 'proposalAnswer'
  part: Part | null
  said: Said | null
  at: Date
  due_on: string | null
  data_class: string
  handling: number
  key_id: string
  workers: string[]
  a: Buffer | null
  b: Buffer | null
  c: Buffer | null
  d: Buffer | null
}
/** The sealed columns of each table, in the order of the statement below. */
const places: Record<Row['what'], readonly [table: string, ...columns: string[]]> = {
  goal: ['plan_goal', 'words'],
  goalEnd: ['plan_goal_end', 'why'],
  action: ['plan_action', 'words', 'owner_name'],
  progress: ['plan_progress', 'words', 'owner_name'],
  review: ['plan_review', 'changed', 'view', 'unheard', 'decisions'],
  disagreement: ['plan_disagreement', 'words'],
  disagreementAnswer: ['plan_disagreement_answer', 'words'],
  proposal: ['plan_proposal', 'words', 'owner_name'],
  proposalAnswer: ['plan_proposal_answer', 'why'],
}

/** The part of the plan that a disagreement is about. */
const partOf = sql`coalesce((select g.part from plan_goal g where g.partnership_id = x.partnership_id and g.id = x.goal_id),
  (select a.part from plan_action a where a.partnership_id = x.partnership_id and a.id = x.action_id))`

/** Everything that an agency's people wrote into the plan of a person. */
export const planHeld: House['heldAbove'] = async (tx, keys, { partnership, subject, agency, words }) => {
  const of = sql`x.partnership_id = ${partnership} and x.subject_id = ${subject} and x.agency_id = ${agency}`
  const common = sql`x.data_class, x.handling::int as handling, x.key_id`
  const { rows } = await sql<Row>`
    select x.id, 'goal' as what, x.part, null as said, x.entered_at as at, null as due_on, ${common},
      array[x.entered_by] as workers, x.words_sealed as a, null::bytea as b, null::bytea as c, null::bytea as d from plan_goal x where ${of}
    union all select x.id, 'goalEnd', g.part, null, x.ended_at, null, ${common}, array[x.ended_by], x.why_sealed, null, null, null
      from plan_goal_end x join plan_goal g on g.partnership_id = x.partnership_id and g.id = x.goal_id where ${of}
    union all select x.id, 'action', x.part, null, x.entered_at, x.due_on::text, ${common},
      array_remove(array[x.entered_by, x.owner_id], null), x.words_sealed, x.owner_name_sealed, null, null from plan_action x where ${of}
    union all select x.id, 'progress', t.part, x.said, x.said_at, x.due_on::text, ${common},
      array_remove(array[x.said_by, x.owner_id], null), x.words_sealed, x.owner_name_sealed, null, null
      from plan_progress x join plan_action t on t.partnership_id = x.partnership_id and t.id = x.action_id where ${of}
    union all select x.id, 'review', null, null, x.held_at, x.next_on::text, ${common}, array[x.held_by],
      x.changed_sealed, x.view_sealed, x.unheard_sealed, x.decisions_sealed from plan_review x where ${of}
    union all select x.id, 'disagreement', ${partOf}, null, x.said_at, null, ${common}, array[]::uuid[], x.words_sealed, null, null, null
      from plan_disagreement x where ${of}
    union all select y.id, 'disagreementAnswer', ${partOf}, null, y.answered_at, null, y.data_class, y.handling::int, y.key_id,
      array[y.answered_by], y.words_sealed, null, null, null
      from plan_disagreement_answer y join plan_disagreement x on x.partnership_id = y.partnership_id and x.id = y.disagreement_id
      where y.partnership_id = ${partnership} and y.subject_id = ${subject} and y.agency_id = ${agency}
    union all select x.id, 'proposal', x.part, null, x.proposed_at, x.due_on::text, ${common},
      array_remove(array[x.proposed_by, x.owner_id], null), x.words_sealed, x.owner_name_sealed, null, null from plan_proposal x where ${of}
    union all select x.id, 'proposalAnswer', p.part, null, x.answered_at, null, ${common}, array[x.answered_by], x.why_sealed, null, null, null
      from plan_proposal_answer x join plan_proposal p on p.partnership_id = x.partnership_id and p.id = x.proposal_id
      where ${of} and x.key_id is not null
    order by at, id`.execute(tx)
  const opened = await dataKeys(
    tx,
    keys,
    partnership,
    rows.map(({ key_id }) => key_id),
  )
  return rows.flatMap(
    ({ id, what, part, said, at, due_on, data_class, handling, key_id, workers, a, b, c, d }): Held[] => {
      const key = opened.get(key_id)
      if (!key) return []
      const [table, ...columns] = places[what]
      const told = [a, b, c, d].flatMap((sealed, i) =>
        sealed ? [openText(key, { table, column: columns[i]!, row: id }, sealed)] : [],
      )
      const lines = [
        said && words.plan.progress.choices[said],
        ...told,
        due_on && fill(words.plan.due, { day: due_on }),
      ]
      const title = fill(words.rights.access.kinds[what], { part: part ? words.plan.parts[part] : '' })
      return [{ id, title, at, text: lines.filter(Boolean).join('\n'), data_class, handling, workers }]
    },
  )
}
