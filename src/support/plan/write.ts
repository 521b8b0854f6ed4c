import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { sealerFor } from '../sealed.ts'
import { guardOf, type GoalEnd, type Kind, type Part } from './plan.ts'

export type Of = { id: string; adult_from: string | null }

/** What every row about a person bears: whose, and who supplied it. */
export const rowOf = (viewer: StaffViewer, subject: Of, id: string) => ({
  partnership_id: viewer.partnership,
  id,
  subject_id: subject.id,
  agency_id: viewer.agency,
  adult_from: subject.adult_from,
})

/** Begins the one plan of a person. @returns false where there is one already */
export const startPlan = (
  tx: Tx,
  viewer: StaffViewer,
  subject: Of,
  { kind, review_on }: { kind: Kind; review_on: string },
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const made = await inner
        .insertInto('plan')
        .values({ ...rowOf(viewer, subject, id), kind, review_on, started_by: viewer.staff, started_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows !== 1n) return false
      await record(inner, viewer, 'plan started', { kind: 'person', id: subject.id }, { plan: id, kind })
      return true
    }),
  )

export type GoalSaid = { part: Part; whose: 'own' | 'protection'; words: string }

export const addGoal = (tx: Tx, keys: Keys, viewer: StaffViewer, subject: Of, said: GoalSaid, at: Date) =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'plan_goal', row: id })
      const { part, whose, words } = said
      await inner
        .insertInto('plan_goal')
        .values({
          ...rowOf(viewer, subject, id),
          part,
          whose,
          words_sealed: seal('words', words),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
          ...guardOf(part),
        })
        .execute()
      await record(inner, viewer, 'plan goal added', { kind: 'person', id: subject.id }, { goal: id, whose })
      return id
    }),
  )

/** Says what became of a goal; once. @returns false where somebody said it before */
export const endGoal = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { goal, part, outcome, why }: { goal: string; part: Part; outcome: GoalEnd; why: string },
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'plan_goal_end', row: id })
      const { adult_from: _, ...row } = rowOf(viewer, subject, id)
      const made = await inner
        .insertInto('plan_goal_end')
        .values({
          ...row,
          goal_id: goal,
          outcome,
          why_sealed: seal('why', why),
          key_id,
          ended_by: viewer.staff,
          ended_at: at,
          ...guardOf(part),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows !== 1n) return false
      await record(inner, viewer, 'plan goal ended', { kind: 'person', id: subject.id }, { goal, outcome })
      return true
    }),
  )
