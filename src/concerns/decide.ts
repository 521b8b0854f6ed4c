import {
  enqueue,
  inTransaction,
  newId,
  record,
  type DataKey,
  type Db,
  type Keys,
  type StaffViewer,
  type Tx,
  type Viewer,
} from '../platform/index.ts'
import { startClock, stopClocks } from './clock.ts'
import type { DetailKind } from './concern.ts'
import { nameInTold, type Decision } from './decision.ts'
import { concernFor, frontDoor, within } from './front-door.ts'
import { decisionClocks } from './report.ts'
import { keyOfRow, openRows, sealed, wrappedKey } from './sealed.ts'
import { firstLookClocks } from './take.ts'

export type Decided = { outcome: 'decided'; id: string } | { outcome: 'stale' } | { outcome: 'names'; found: string[] }

/**
 * Decides: the reasons, the clocks and the news for the reporter in one transaction. A decision is never changed;
 * another one replaces it and both stay.
 * @param standing the decision that stood when the writer began, or null for none: when another stands by now the
 *   answer is 'stale' and nothing is saved
 */
export const decide = (
  db: Db | Tx,
  keys: Keys,
  viewer: Viewer,
  id: string,
  input: Decision,
  { standing, at }: { standing: string | null; at: Date },
): Promise<Decided> =>
  inTransaction(db, async (tx) => {
    const worker = frontDoor(viewer)
    const concern = await concernFor(tx, worker, id)
    const { told_confirmed, needs, ...said } = input
    const found = nameInTold(input.told, await namesAndNumbers(tx, keys, worker, id))
    if (found.length && !told_confirmed) return { outcome: 'names', found }
    if (!(await makeRoom(tx, worker, id, standing, at))) return { outcome: 'stale' }
    const of = within(worker, concern)
    const key = await keyOfRow(tx, keys, worker.partnership, concern)
    const decision = newId()
    await tx
      .insertInto('decision')
      .values(
        sealed(key, 'decision', {
          ...of,
          ...said,
          id: decision,
          decided_by: worker.staff,
          decided_at: at,
          replaces_id: standing,
        }),
      )
      .execute()
    if (needs.length)
      await tx
        .insertInto('decision_need')
        .values(needs.map((need) => sealed(key, 'decision_need', { ...of, ...need, decision_id: decision })))
        .execute()
    await tellReporter(tx, key, worker, of, input.told, at)
    await letGo(tx, worker, id, at)
    await stopClocks(tx, worker, id, [...decisionClocks, ...firstLookClocks], at)
    await record(
      tx,
      worker,
      standing ? 'decision replaced' : 'concern decided',
      { kind: 'concern', id },
      { decision, route: input.route },
    )
    await enqueue(tx, worker, 'concern decided', { concern: id, decision })
    return { outcome: 'decided', id: decision }
  })

/** Ends what stood before. Of two who decide at once the second finds nothing to end. */
const makeRoom = async (
  tx: Tx,
  worker: StaffViewer,
  id: string,
  standing: string | null,
  at: Date,
): Promise<boolean> => {
  if (standing === null) {
    const open = await tx
      .deleteFrom('undecided')
      .where('partnership_id', '=', worker.partnership)
      .where('concern_id', '=', id)
      .executeTakeFirst()
    return open.numDeletedRows === 1n
  }
  const replaced = await tx
    .updateTable('decision')
    .set({ replaced_at: at })
    .where('partnership_id', '=', worker.partnership)
    .where('concern_id', '=', id)
    .where('id', '=', standing)
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
  return replaced.numUpdatedRows === 1n
}

/** What is decided is in nobody's hands any more: it leaves the list of whoever had it. */
const letGo = async (tx: Tx, worker: StaffViewer, id: string, at: Date): Promise<void> => {
  await tx
    .updateTable('holding')
    .set({ to_at: at })
    .where('partnership_id', '=', worker.partnership)
    .where('concern_id', '=', id)
    .where('to_at', 'is', null)
    .execute()
}

/** The telling happens with the decision, so its clock starts and stops at once: the record shows that it was met. */
const tellReporter = async (
  tx: Tx,
  key: DataKey,
  worker: StaffViewer,
  of: ReturnType<typeof within>,
  told: string,
  at: Date,
): Promise<void> => {
  await startClock(tx, worker, { concern: of.concern_id, agency: of.agency_id, clock: 'reporter-feedback', from: at })
  await tx
    .insertInto('message')
    .values(
      sealed(key, 'message', {
        ...of,
        id: newId(),
        direction: 'to reporter',
        kind: 'news',
        words: told,
        staff_id: worker.staff,
        sent_at: at,
      }),
    )
    .execute()
  await stopClocks(tx, worker, of.concern_id, ['reporter-feedback'], at)
}

/** What of a concern must not be told to whoever said it without a thought. */
export const namesAndNumbers = async (tx: Tx, keys: Keys, worker: StaffViewer, id: string) => {
  const rows = await tx
    .selectFrom('detail')
    .select(['id', 'kind', 'said', 'key_id'])
    .select(wrappedKey(worker.partnership, 'detail.key_id').as('wrapped'))
    .where('partnership_id', '=', worker.partnership)
    .where('concern_id', '=', id)
    .execute()
  const details = await openRows(tx, keys, worker.partnership, 'detail', rows)
  return details.map(({ kind, said }) => ({ kind: kind as DetailKind, said }))
}
