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
          taken_at: at,
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
