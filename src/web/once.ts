import { tokenHash } from '../platform/index.ts'
import type { Answer, Ask, Meanwhile, Redirect } from './ask.ts'

/**
 * Runs the work of a form that says of itself that it counts once, and answers a second press with what the first was
 * answered. The row comes before the work, so of two presses at the same moment the second waits for the first. A page
 * that comes back with something to put right has done nothing yet, and may be sent again.
 */
export const answerOnce = async <A extends Answer | Meanwhile>(
  ask: Ask,
  once: unknown,
  work: () => Promise<A>,
): Promise<A | Redirect> => {
  if (typeof once !== 'string' || once === '' || ask.viewer.kind !== 'staff') return work()
  const { tx } = ask
  const hash = tokenHash(ask.house.keys, 'once', `${ask.viewer.staff} ${ask.path} ${once}`)
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('form_sent')
    .values({ partnership_id: ask.place.id, hash, answered_with: '', sent_at: ask.house.now() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) {
    const first = await tx
      .selectFrom('form_sent')
      .select('answered_with')
      .where('partnership_id', '=', ask.place.id)
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow()
    return { kind: 'redirect', to: first.answered_with }
  }
  const given = await work()
  const done = given.kind === 'redirect'
  if (done)
    await tx
      .updateTable('form_sent')
      .set({ answered_with: given.to })
      .where('partnership_id', '=', ask.place.id)
      .where('hash', '=', hash)
      .execute()
  // Nobody presses again after a day; and what did nothing is free to be sent again.
  await tx
    .deleteFrom('form_sent')
    .where('partnership_id', '=', ask.place.id)
    .where((where) =>
      where.or([
        where('sent_at', '<', new Date(ask.house.now().getTime() - day)),
        ...(done ? [] : [where('hash', '=', hash)]),
      ]),
    )
    .execute()
  return given
}

const day = 24 * 60 * 60_000
