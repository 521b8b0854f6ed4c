import { sql } from 'kysely'
import {
  asProduct,
  blindIndex,
  inTransaction,
  newId,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { rowOf, type Of } from '../plan/write.ts'
import { sealerFor, sealSaid } from '../sealed.ts'
import type { Grade, LinkKind, Reported } from './missing.ts'

/** Says that somebody is missing. @returns the episode; undefined where they are missing already */
export const reportMissing = (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subject: Of,
  said: Reported,
  at: Date,
): Promise<string | undefined> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'missing_episode', row: id })
      const { reported_by, seen_by, seen_where, clothing, place, what, ...open } = said
      const made = await inner
        .insertInto('missing_episode')
        .values({
          ...rowOf(viewer, subject, id),
          ...open,
          reported_by_sealed: seal('reported_by', reported_by),
          place_sealed: seal('place', place),
          place_key: placeKey(keys, viewer.partnership, place),
          ...sealSaid(seal, { seen_by, seen_where, clothing, what }),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (made.numInsertedOrUpdatedRows !== 1n) return undefined
      await record(inner, viewer, 'reported missing', { kind: 'person', id: subject.id }, { episode: id })
      return id
    }),
  )

/** The same place however it is typed: letters and numbers alone. */
const placeKey = (keys: Keys, partnership: string, place: string): Buffer =>
  blindIndex(keys, partnership, 'missing from', place.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))

type About = { keys: Keys; subject: Of; episode: string }

/** What the police say of it from now on: the earlier grades stand. */
export const gradeMissing = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, episode }: About,
  { grade, reference, why }: { grade: Grade; reference: string; why: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'missing_grade', row: id })
      const { rows } = await sql<{ last: Date | null }>`select max(entered_at) as last from missing_grade
        where partnership_id = ${viewer.partnership} and episode_id = ${episode}`.execute(inner)
      await inner
        .insertInto('missing_grade')
        .values({
          ...partOf(viewer, subject, id),
          episode_id: episode,
          grade,
          ...sealSaid(seal, { reference, why }),
          key_id,
          entered_by: viewer.staff,
          // What is said later stands later, also within one tick of the clock.
          entered_at: new Date(Math.max(at.getTime(), (rows[0]?.last?.getTime() ?? 0) + 1)),
        })
        .execute()
      await record(inner, viewer, 'missing graded', { kind: 'person', id: subject.id }, { episode, grade })
    }),
  )

/** A person, a place or a phone that it may have to do with. */
export const linkMissing = (
  tx: Tx,
  viewer: StaffViewer,
  { keys, subject, episode }: About,
  { kind, words }: { kind: LinkKind; words: string },
  at: Date,
): Promise<void> =>
  inTransaction(tx, (inner) =>
    asProduct(inner, async () => {
      const id = newId()
      const { key_id, seal } = await sealerFor(inner, keys, viewer, subject.id, { table: 'missing_link', row: id })
      await inner
        .insertInto('missing_link')
        .values({
          ...partOf(viewer, subject, id),
          episode_id: episode,
          kind,
          words_sealed: seal('words', words),
          key_id,
          entered_by: viewer.staff,
          entered_at: at,
        })
        .execute()
      await record(inner, viewer, 'missing linked', { kind: 'person', id: subject.id }, { episode, kind })
    }),
  )

/** What follows an episode bears no age of its own: it is seen by whoever sees the episode. */
export const partOf = (viewer: StaffViewer, subject: Of, id: string) => {
  const { adult_from: _, ...row } = rowOf(viewer, subject, id)
  return row
}
