import { sql } from 'kysely'
import { calendarOf, clockOf } from '../../partnership/index.ts'
import {
  asProduct,
  dataKeyOf,
  dueAt,
  inTransaction,
  localDate,
  newId,
  NotFound,
  record,
  sealText,
  type Keys,
  type PersonViewer,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import type { Disagreement } from './disagreements.ts'

export type Line = { kind: 'goal' | 'action'; id: string }
/** Where the partnership was opened before there was a clock for it. */
const otherwise = { amount: 5, unit: 'working-days' } as const

/**
 * "I don't agree" with a line of the plan, said from their own page: beside the line, of its class, for everybody who
 * sees it. Whoever calls has found the line among what the person reads.
 */
export const disagree = (
  tx: Tx,
  keys: Keys,
  viewer: PersonViewer,
  { line, words }: { line: Line; words: string },
  { at, zone }: { at: Date; zone: string },
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership, subject } = viewer
      const id = newId()
      const key = await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject })
      const clock = (await clockOf(inner, partnership, 'plan-disagreement', at)) ?? otherwise
      const due_on = localDate(dueAt(at, clock, await calendarOf(inner, partnership)), zone)
      const sealed = sealText(key, { table: 'plan_disagreement', column: 'words', row: id }, words)
      const isGoal = line.kind === 'goal'
      const made =
        await sql`insert into plan_disagreement (partnership_id, id, subject_id, agency_id, goal_id, action_id,
          words_sealed, key_id, said_at, due_on, data_class, handling)
        select l.partnership_id, ${id}::uuid, l.subject_id, l.agency_id, ${isGoal ? line.id : null}::uuid,
          ${isGoal ? null : line.id}::uuid, ${sealed}, ${key.id}::uuid, ${at}::timestamptz, ${due_on}::date, l.data_class, l.handling
        from ${sql.table(isGoal ? 'plan_goal' : 'plan_action')} l
        where l.partnership_id = ${partnership} and l.subject_id = ${subject} and l.id = ${line.id}`.execute(inner)
      if (!made.numAffectedRows) throw new NotFound()
      await record(inner, viewer, 'plan line disagreed', { kind: 'person', id: subject }, { [line.kind]: line.id })
    }),
  )

/** The answer, which they read on their own page. @returns false where somebody answered before */
export const answerDisagreement = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  { subject, disagreement, words }: { subject: string; disagreement: Disagreement; words: string },
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = viewer
      const id = newId()
      const key = await dataKeyOf(inner, keys, partnership, { kind: 'subject', id: subject })
      const sealed = sealText(key, { table: 'plan_disagreement_answer', column: 'words', row: id }, words)
      const made =
        await sql`insert into plan_disagreement_answer (partnership_id, id, disagreement_id, subject_id, agency_id,
          words_sealed, key_id, answered_by, answered_at, data_class, handling)
        select d.partnership_id, ${id}::uuid, d.id, d.subject_id, ${viewer.agency}::uuid, ${sealed}, ${key.id}::uuid,
          ${viewer.staff}::uuid, ${at}::timestamptz, d.data_class, d.handling
        from plan_disagreement d
        where d.partnership_id = ${partnership} and d.subject_id = ${subject} and d.id = ${disagreement.id}
        on conflict do nothing`.execute(inner)
      if (!made.numAffectedRows) return false
      const about = { kind: 'person', id: subject }
      await record(inner, viewer, 'plan disagreement answered', about, { disagreement: disagreement.id })
      return true
    }),
  )
