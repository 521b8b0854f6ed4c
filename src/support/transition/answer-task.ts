import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor } from '../sealed.ts'
import type { Outcome, Task } from './transition.ts'

export type TaskSaid = { outcome: Outcome; answer: string | null; words: string }

/**
 * Says what became of a task.
 * @param task as the page showed it: somebody else's answer in between stands first
 */
export const answerTask = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { task, outcome, answer, words }: TaskSaid & { task: Pick<Task, 'id' | 'code' | 'data_class' | 'said_id'> },
  at: Date,
): Promise<'kept' | 'changed meanwhile'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      // One after the other: the row is held while it is asked what was said last.
      await inner
        .selectFrom('transition_task')
        .select('id')
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', task.id)
        .forUpdate()
        .execute()
      const last = await inner
        .selectFrom('transition_answer')
        .select(['id', 'said_at'])
        .where('partnership_id', '=', viewer.partnership)
        .where('task_id', '=', task.id)
        .orderBy('said_at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      if ((last?.id ?? null) !== task.said_id) return 'changed meanwhile'
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'transition_answer', row: id })
      const { adult_from: _, ...row } = rowOf(viewer, subject, id)
      await inner
        .insertInto('transition_answer')
        .values({
          ...row,
          task_id: task.id,
          outcome,
          answer,
          words_sealed: words ? seal('words', words) : null,
          key_id,
          said_by: viewer.staff,
          said_at: last ? new Date(Math.max(at.getTime(), last.said_at.getTime() + 1)) : at,
          data_class: task.data_class,
        })
        .execute()
      const detail = { task: task.id, outcome }
      await record(inner, viewer, 'transition task answered', { kind: 'person', id: subject.id }, detail)
      return 'kept'
    }),
  )
