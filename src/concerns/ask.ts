import { inTransaction, newId, record, type Db, type Keys, type Tx, type Viewer } from '../platform/index.ts'
import { concernFor, frontDoor, within } from './front-door.ts'
import { keyOfRow, sealed } from './sealed.ts'

/** Asks whoever said it a question. They find it with their receipt, or among what they sent. Returns the message. */
export const askReporter = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  words: string,
  at: Date,
): Promise<string> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const message = newId()
    await tx
      .insertInto('message')
      .values(
        sealed(key, 'message', {
          ...within(worker, concern),
          id: message,
          direction: 'to reporter',
          kind: 'question',
          words,
          staff_id: worker.staff,
          sent_at: at,
        }),
      )
      .execute()
    await record(tx, worker, 'question asked', { kind: 'concern', id }, { message })
    return message
  })
