import { asProduct, inTransaction, newId, record, type Keys, type StaffViewer, type Tx } from '../../platform/index.ts'
import { propose } from '../plan/proposal.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor, sealSaid } from '../sealed.ts'
import { conversation, type Known, type OfferAnswer, type Talked } from './missing.ts'
import { partOf } from './report.ts'
import { talkBy } from './talk-by.ts'

type About = { keys: Keys; subject: Of; episode: string }
export type Found = {
  ended_at: Date
  where: string
  by: string
  how: string
  prevention: Known
  well: Known
  well_words: string
}

/** Says that somebody is back. Nothing else ends an episode. @returns false where somebody said it before */
export const comeBack = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, episode }: About,
  { ended_at, where, by, how, prevention, well, well_words }: Found,
  at: Date,
): Promise<boolean> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const ended = await inner
        .updateTable('missing_episode')
        .set({ ended_at, talk_by: await talkBy(inner, viewer.partnership, ended_at) })
        .where('partnership_id', '=', viewer.partnership)
        .where('id', '=', episode)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (ended.numUpdatedRows !== 1n) return false
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'missing_return', row: id })
      await inner
        .insertInto('missing_return')
        .values({
          ...partOf(viewer, subject, id),
          episode_id: episode,
          where_sealed: seal('where', where),
          by_sealed: seal('by', by),
          prevention,
          well,
          ...sealSaid(seal, { how, well_words }),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      await record(inner, viewer, 'missing person back', { kind: 'person', id: subject.id }, { episode })
      return true
    }),
  )

export type Offering = { offered_at: Date; offered_by: string; independent: boolean } & (
  | { answer: 'accepted' }
  | { answer: Exclude<OfferAnswer, 'accepted'>; spoke: string; carer: string; why: string; again_on: string }
)

/** That a conversation was offered, and what they answered. */
export const offerTalk = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, episode }: About,
  { offered_at, offered_by, independent, ...said }: Offering,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'missing_offer', row: id })
      const { spoke, carer, why } = said.answer === 'accepted' ? { spoke: '', carer: '', why: '' } : said
      await inner
        .insertInto('missing_offer')
        .values({
          ...partOf(viewer, subject, id),
          episode_id: episode,
          offered_at,
          offered_by_sealed: seal('offered_by', offered_by),
          independent,
          answer: said.answer,
          ...sealSaid(seal, { spoke, carer, why }),
          again_on: said.answer === 'accepted' ? null : said.again_on,
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      const detail = { episode, answer: said.answer }
      await record(inner, viewer, 'return conversation offered', { kind: 'person', id: subject.id }, detail)
    }),
  )

/** The conversation itself; what is to be done of it waits beside the plan. Whoever calls has asked whether an adult agreed to it. */
export const holdTalk = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, episode }: About,
  { held_at, independent, held_by, where, said, actions, push, pull, harm, others, shared }: Talked,
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'missing_talk', row: id })
      await inner
        .insertInto('missing_talk')
        .values({
          ...rowOf(viewer, subject, id),
          episode_id: episode,
          held_at,
          independent,
          held_by_sealed: seal('held_by', held_by),
          where_sealed: seal('where', where),
          said_sealed: seal('said', said),
          actions_sealed: seal('actions', actions),
          ...sealSaid(seal, { push, pull, harm, others, shared }),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
          ...guard,
        })
        .execute()
      const of = { subject, source: { kind: 'return conversation', id }, guard } as const
      for (const [i, words] of linesOf(actions).entries())
        // In the order in which they stand, also within one tick of the clock.
        await propose(inner, keys, viewer, of, { words }, new Date(at.getTime() + i))
      await record(inner, viewer, 'return conversation held', { kind: 'person', id: subject.id }, { episode })
    }),
  )

const guard = { data_class: conversation.class, handling: String(conversation.handling) as '0' | '1' }

/** What is to be done stands line by line. */
const linesOf = (actions: string): string[] =>
  actions
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
