import {
  asProduct,
  inTransaction,
  newId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { keepHeard, type Heard } from '../plan/heard.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor } from '../sealed.ts'
import { isNearEighteen, type Closure } from './closure.ts'

export type Closing = {
  keeper: string
  until_on: string
  stays: string
  signs: string
  instead: string
  person: Heard
}

/**
 * Closes with watch. So near the eighteenth birthday it counts only once a second person has said yes. One that stands
 * already is watched on under the new answers.
 */
export const closePlan = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  closing: Closing,
  { at, today }: { at: Date; today: string },
): Promise<'closed' | 'waits for a second'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const near_eighteen = isNearEighteen(subject.adult_from, today)
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'plan_closure', row: id })
      const { keeper, until_on, stays, signs, instead, person } = closing
      await inner
        .updateTable('plan_closure')
        .set({ ended_at: at })
        .where('partnership_id', '=', viewer.partnership)
        .where('subject_id', '=', subject.id)
        .where('ended_at', 'is', null)
        .execute()
      await inner
        .insertInto('plan_closure')
        .values({
          ...rowOf(viewer, subject, id),
          keeper_id: keeper,
          until_on,
          stays_sealed: seal('stays', stays),
          view_sealed: 'view' in person ? seal('view', person.view) : null,
          unheard_sealed: 'unheard' in person ? seal('unheard', person.unheard) : null,
          signs_sealed: seal('signs', signs),
          instead_sealed: seal('instead', instead),
          key_id,
          near_eighteen,
          asked_by: viewer.staff,
          asked_at: at,
          closed_at: near_eighteen ? null : at,
        })
        .execute()
      const hearing = { stage: 'step-down', person, heard_on: today, next_try_on: until_on } as const
      await keepHeard(inner, keys, viewer, subject, hearing, at)
      const kind = near_eighteen ? 'plan closure asked' : 'plan closed with watch'
      await record(inner, viewer, kind, { kind: 'person', id: subject.id }, { closure: id, until: until_on })
      return near_eighteen ? 'waits for a second' : 'closed'
    }),
  )

/** The second person's answer. @throws {NotFound} for whoever asked, and where nothing waits */
export const answerClosure = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { closure, answer, why }: { closure: Pick<Closure, 'id' | 'asked_by'>; answer: 'yes' | 'no'; why: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      if (closure.asked_by === viewer.staff) throw new NotFound()
      const settled = await inner
        .updateTable('plan_closure')
        .set(answer === 'yes' ? { closed_at: at } : { ended_at: at })
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', closure.id)
        .where('closed_at', 'is', null)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (settled.numUpdatedRows !== 1n) throw new NotFound()
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, {
        table: 'plan_closure_second',
        row: id,
      })
      const { adult_from: _, ...row } = rowOf(viewer, subject, id)
      await inner
        .insertInto('plan_closure_second')
        .values({
          ...row,
          closure_id: closure.id,
          answer,
          why_sealed: seal('why', why),
          key_id,
          asked_by: closure.asked_by,
          answered_by: viewer.staff,
          answered_at: at,
        })
        .execute()
      const kind = answer === 'yes' ? 'plan closed with watch' : 'plan closure refused'
      await record(inner, viewer, kind, { kind: 'person', id: subject.id }, { closure: closure.id })
    }),
  )
