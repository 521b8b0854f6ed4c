import { sql } from 'kysely'
import {
  asProduct,
  dataKeyOf,
  hasRole,
  localDate,
  newId,
  NotFound,
  record,
  type Keys,
  type StaffViewer,
  type Tx,
} from '../../platform/index.ts'
import { marksKey, wordsKey } from './marks.ts'

export type Round = { id: string; number: number; opened_at: Date; closed_at: Date | null }

/** Rounds of the partnership, the latest first. */
export const roundsOf = (tx: Tx, partnership: string): Promise<Round[]> =>
  tx
    .selectFrom('front_line_round')
    .select(['id', 'number', 'opened_at', 'closed_at'])
    .where('partnership_id', '=', partnership)
    .orderBy('number', 'desc')
    .execute()

/** The round in which staff are heard now, if there is one. */
export const openRound = (tx: Tx, partnership: string): Promise<Round | undefined> =>
  tx
    .selectFrom('front_line_round')
    .select(['id', 'number', 'opened_at', 'closed_at'])
    .where('partnership_id', '=', partnership)
    .where('closed_at', 'is', null)
    .executeTakeFirst()

/** What is written as the product is the chair's to write. @throws {NotFound} for anybody else */
export const needChair = (viewer: StaffViewer): void => {
  if (!hasRole(viewer, 'chair')) throw new NotFound()
}

/** Begins to hear. Two rounds are never open at once. */
export const startRound = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  at: Date,
): Promise<'opened' | 'already open'> => {
  needChair(viewer)
  const { partnership } = viewer
  const id = newId()
  const { rows } = await asProduct(tx, () =>
    sql<{ id: string }>`
      insert into front_line_round (partnership_id, id, number, opened_by, opened_at)
      select ${partnership}, ${id}, coalesce(max(number), 0) + 1, ${viewer.staff}, ${at}
      from front_line_round where partnership_id = ${partnership}
      on conflict do nothing
      returning id`.execute(tx),
  )
  if (rows.length === 0) return 'already open'
  // Made now: made on first use, a key would say when the first one spoke.
  await dataKeyOf(tx, keys, partnership, wordsKey(id))
  await dataKeyOf(tx, keys, partnership, marksKey(id))
  await record(tx, viewer, 'front line round opened', { kind: 'front line round', id })
  return 'opened'
}

/** The Monday of a moment's week, which is all that is kept of when. */
export const weekOf = (at: Date, zone: string): string => {
  const day = new Date(`${localDate(at, zone)}T12:00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}
