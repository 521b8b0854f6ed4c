import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import type { Owner } from '../plan/plan.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor } from '../sealed.ts'
import type { Side } from './transition.ts'

export type OwnerNamed = { side: Side; task: string | null; owner: Owner }

/** Names who carries it over 18 on one side, for every task or for one. Whoever it was before has it no more. */
export const nameOwner = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { side, task, owner }: OwnerNamed,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'transition_owner', row: id })
      await sql`update transition_owner set ended_at = ${at} where partnership_id = ${viewer.partnership}
        and subject_id = ${subject.id} and side = ${side} and task_id is not distinct from ${task}::uuid and ended_at is null`.execute(
        inner,
      )
      await inner
        .insertInto('transition_owner')
        .values({
          ...rowOf(viewer, subject, id),
          side,
          task_id: task,
          owner_id: owner.staff,
          owner_name_sealed: owner.staff === null ? seal('owner_name', owner.name) : null,
          owner_agency_id: owner.agency,
          key_id,
          named_by: viewer.staff,
          named_at: at,
        })
        .execute()
      const detail = { owner: id, side, task }
      await record(inner, viewer, 'transition owner named', { kind: 'person', id: subject.id }, detail)
    }),
  )
