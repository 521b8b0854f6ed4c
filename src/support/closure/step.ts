import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Rung } from '../plan/plan.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor } from '../sealed.ts'

export type Stepping = { to: Rung } & (
  { way: 'down'; safer: string; stays: string; signs: string; back: string } | { way: 'up'; why: string }
)

/** Takes one step on the ladder: down with the answers in words, up with a reason. */
export const takeStep = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  step: Stepping,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { rows } = await sql<{ last: Date | null }>`select max(taken_at) as last from plan_step
        where partnership_id = ${viewer.partnership} and subject_id = ${subject.id}`.execute(inner)
      // What is said later stands later, also within one tick of the clock.
      const then = new Date(Math.max(at.getTime(), (rows[0]?.last?.getTime() ?? 0) + 1))
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'plan_step', row: id })
      await inner
        .insertInto('plan_step')
        .values({
          ...rowOf(viewer, subject, id),
          way: step.way,
          to_rung: step.to,
          ...(step.way === 'down'
            ? {
                safer_sealed: seal('safer', step.safer),
                stays_sealed: seal('stays', step.stays),
                signs_sealed: seal('signs', step.signs),
                back_sealed: seal('back', step.back),
              }
            : { why_sealed: seal('why', step.why) }),
          key_id,
          taken_by: viewer.staff,
          taken_at: then,
        })
        .execute()
      await record(
        inner,
        viewer,
        `plan stepped ${step.way}`,
        { kind: 'person', id: subject.id },
        { step: id, to: step.to },
      )
      return id
    }),
  )
