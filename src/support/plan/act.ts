import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { sealerFor } from '../sealed.ts'
import { guardOf, type Action, type Owner, type Part, type Said } from './plan.ts'
import { rowOf, type Of } from './write.ts'

export type ActionSaid = { part: Part; goal: string | null; words: string; owner: Owner; due_on: string }

/** Adds what somebody is to do by a day. Whoever calls has asked whether the owner works with the person. */
export const addAction = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  { part, goal, words, owner, due_on }: ActionSaid,
  at: Date,
): Promise<string> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'plan_action', row: id })
      await inner
        .insertInto('plan_action')
        .values({
          ...rowOf(viewer, subject, id),
          part,
          goal_id: goal,
          words_sealed: seal('words', words),
          key_id,
          owner_id: owner.staff,
          owner_name_sealed: owner.staff === null ? seal('owner_name', owner.name) : null,
          owner_agency_id: owner.agency,
          due_on,
          entered_by: viewer.staff,
          entered_at: at,
          ...guardOf(part),
        })
        .execute()
      const of = { keys, subject, action: { id, part } }
      await keepProgress(inner, viewer, of, { said: 'given', words: '', owner, due_on }, at)
      await record(inner, viewer, 'plan action added', { kind: 'person', id: subject.id }, { action: id })
      return id
    }),
  )

type About = { keys: Keys; subject: Of; action: Pick<Action, 'id' | 'part'> }
export type Saying = { said: Said; words: string; owner?: Owner; due_on?: string }

/**
 * Says what became of an action; a new owner or day counts from here on.
 * @param of with `said_id` only where that is still the last thing said: somebody else's answer in between stands first
 */
export const sayOf = (
  tx: Tx,
  viewer: StaffViewer,
  of: About & { action: { said_id?: string } },
  saying: Saying,
  at: Date,
): Promise<'kept' | 'changed meanwhile'> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const { id } = of.action
      // One after the other: the row is held while it is asked what was said last.
      await inner
        .selectFrom('plan_action')
        .select('id')
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', id)
        .forUpdate()
        .execute()
      const last = await inner
        .selectFrom('plan_progress')
        .select(['id', 'said_at'])
        .where('partnership_id', '=', viewer.partnership)
        .where('action_id', '=', id)
        .orderBy('said_at', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow()
      if (of.action.said_id !== undefined && last.id !== of.action.said_id) return 'changed meanwhile'
      // What is said later stands later, also within one tick of the clock.
      const then = new Date(Math.max(at.getTime(), last.said_at.getTime() + 1))
      await keepProgress(inner, viewer, of, saying, then)
      await carry(inner, viewer, of, saying)
      await record(
        inner,
        viewer,
        `plan action ${saying.said}`,
        { kind: 'person', id: of.subject.id },
        { action: id, ...(saying.due_on && { due: saying.due_on }) },
      )
      return 'kept'
    }),
  )

/** The action bears the owner and the day that count now. */
const carry = async (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, action }: About,
  { owner, due_on }: Saying,
): Promise<void> => {
  if (!owner && !due_on) return
  const { seal } = await sealerFor(tx, keys, viewer, subject.id, { table: 'plan_action', row: action.id })
  await tx
    .updateTable('plan_action')
    .set({
      ...(due_on && { due_on }),
      ...(owner && {
        owner_id: owner.staff,
        owner_name_sealed: owner.staff === null ? seal('owner_name', owner.name) : null,
        owner_agency_id: owner.agency,
      }),
    })
    .where('partnership_id', '=', viewer.partnership)
    .where('id', '=', action.id)
    .execute()
}

const keepProgress = async (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, action }: About,
  { said, words, owner, due_on }: Saying,
  at: Date,
): Promise<void> => {
  const id = newId()
  const { key_id, seal } = await sealerFor(tx, keys, viewer, subject.id, { table: 'plan_progress', row: id })
  const { adult_from: _, ...row } = rowOf(viewer, subject, id)
  await tx
    .insertInto('plan_progress')
    .values({
      ...row,
      action_id: action.id,
      said,
      words_sealed: words ? seal('words', words) : null,
      key_id,
      owner_id: owner?.staff ?? null,
      owner_name_sealed: owner && owner.staff === null ? seal('owner_name', owner.name) : null,
      owner_agency_id: owner?.agency ?? null,
      due_on: due_on ?? null,
      said_by: viewer.staff,
      said_at: at,
      ...guardOf(action.part),
    })
    .execute()
}
