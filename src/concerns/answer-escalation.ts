import {
  hasRole,
  inTransaction,
  newId,
  record,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { stopClocks } from './clock.ts'
import { concernFor, frontDoor, within } from './front-door.ts'
import { keyOfRow, sealed } from './sealed.ts'

/**
 * Who may answer "I was not heard": never whoever decided. The first step is for anyone else at the front door, later
 * ones for a manager.
 */
export const mayAnswer = (viewer: StaffViewer, step: number, decidedBy: string | undefined): boolean =>
  viewer.staff !== decidedBy && (step === 1 || hasRole(viewer, 'manager'))

/** Answers somebody who says they were not heard, in words that reach them. */
export const answerEscalation = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  words: string,
  at: Date,
): Promise<'answered' | 'already answered' | 'not yours'> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    // Locked, so that of two answers at once only one is sent.
    const open = await tx
      .selectFrom('escalation')
      .select(['id', 'step', 'message_id'])
      .where('partnership_id', '=', worker.partnership)
      .where('concern_id', '=', id)
      .where('answered_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!open) return 'already answered'
    const decision = await tx
      .selectFrom('decision')
      .select('decided_by')
      .where('partnership_id', '=', worker.partnership)
      .where('concern_id', '=', id)
      .where('replaced_at', 'is', null)
      .executeTakeFirst()
    if (!mayAnswer(worker, open.step, decision?.decided_by)) return 'not yours'
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const answer = sealed(key, 'escalation', { id: open.id, answer: words })
    await tx
      .updateTable('escalation')
      .set({ ...answer, answered_by: worker.staff, answered_at: at })
      .where('partnership_id', '=', worker.partnership)
      .where('id', '=', open.id)
      .execute()
    await tx
      .insertInto('message')
      .values(
        sealed(key, 'message', {
          ...within(worker, concern),
          id: newId(),
          direction: 'to reporter',
          kind: 'reply',
          words,
          answers_id: open.message_id,
          staff_id: worker.staff,
          sent_at: at,
        }),
      )
      .execute()
    await stopClocks(tx, worker, id, [`not-heard-step-${open.step}`], at)
    await record(tx, worker, 'not heard answered', { kind: 'concern', id }, { escalation: open.id, step: open.step })
    return 'answered'
  })
