import { sql } from 'kysely'
import { asProduct, inTransaction, newId, record, type StaffViewer, type Tx } from '../../platform/index.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { makeTasks } from './make-tasks.ts'
import { circumstanceCalled, type Circumstance } from './transition.ts'

type Saying = {
  /** What the page showed as so: what this viewer may not see stays as it is. */
  shown: readonly Circumstance[]
  said: readonly string[]
}

/** Says what is so for them. What was so ends with a row's end; what became so calls for its tasks at once. */
export const sayCircumstances = (
  tx: Tx,
  viewer: StaffViewer,
  subject: Of,
  { shown, said }: Saying,
  { at, today }: { at: Date; today: string },
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { partnership } = viewer
      const over = shown.filter(({ code }) => !said.includes(code))
      const come = said.filter((code) => !shown.some((one) => one.code === code))
      if (over.length > 0)
        await sql`update transition_circumstance set ended_at = ${at}, ended_by = ${viewer.staff}
          where partnership_id = ${partnership} and id = any(${over.map(({ id }) => id)}::uuid[]) and ended_at is null`.execute(
          inner,
        )
      for (const code of come)
        await inner
          .insertInto('transition_circumstance')
          .values({
            ...rowOf(viewer, subject, newId()),
            code,
            said_by: viewer.staff,
            said_at: at,
            data_class: circumstanceCalled(code)!.class,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      const detail = { said: come.length, ended: over.length }
      await record(inner, viewer, 'transition circumstances said', { kind: 'person', id: subject.id }, detail)
      await makeTasks(inner, partnership, { subject: subject.id, today, at })
    }),
  )
