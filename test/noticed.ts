import { reportSchema } from '../src/concerns/concern.ts'
import type { Channel } from '../src/concerns/concern.ts'
import { report, type Sent } from '../src/concerns/report.ts'
import { notHeard } from '../src/concerns/say-more.ts'
import { opened, type OpenedRow, type SealedTable } from '../src/concerns/sealed.ts'
import { dataKeys, type Viewer } from '../src/platform/index.ts'
import type { TestHouse } from './house.ts'

/** Sends a concern the way somebody would: a neighbour unless said otherwise, now by the house's clock. */
export const noticed = async (
  house: TestHouse,
  input: object = {},
  {
    viewer = house.anyone,
    channel = 'public',
    at = house.clock.now,
  }: { viewer?: Viewer; channel?: Channel; at?: Date } = {},
): Promise<Sent> => {
  const said = reportSchema.parse({ worry: 'Something is not right at number 12', ...input })
  const sent = await house.seen(viewer, (tx) => report(tx, house.house.keys, viewer, said, { channel, at }))
  if (sent === 'already sent') throw new Error(sent)
  return sent
}

/** Rows as they lie in the database, with the words that were sealed in them. */
export const wordsOf = async <T extends SealedTable, Row extends { key_id: string | null }>(
  house: TestHouse,
  table: T,
  rows: readonly Row[],
): Promise<OpenedRow<T, Row>[]> => {
  const ids = rows.flatMap(({ key_id }) => key_id ?? [])
  const keys = await house.seen(house.system, (tx) => dataKeys(tx, house.house.keys, house.cast.partnership, ids))
  return rows.map((row) => opened(keys, table, row as Row & { id: string }) as OpenedRow<T, Row>)
}

/** Every concern there is, the newest first, with its words. */
export const concernsKept = async (house: TestHouse) =>
  wordsOf(
    house,
    'concern',
    await house.seen(house.system, (tx) =>
      tx.selectFrom('concern').selectAll().orderBy('received_at', 'desc').execute(),
    ),
  )

/** Every event about a concern, oldest first: what happened and who did it. */
export const happened = (house: TestHouse, about: string) =>
  house.seen(house.system, (tx) =>
    tx
      .selectFrom('event')
      .select(['kind', 'staff_id', 'detail'])
      .where('about_id', '=', about)
      .orderBy('seq')
      .execute(),
  )

/** A whole decision, with whatever a test changes. */
export const decision = (over: object = {}) => ({
  frame: 'child' as const,
  route: 'family-help',
  also: [],
  reason: 'Two people saw the same car',
  unknowns: 'Who drives it',
  confidence: 'medium' as const,
  limb_needs: null,
  limb_needs_why: null,
  limb_risk: null,
  limb_risk_why: null,
  limb_protect: null,
  limb_protect_why: null,
  offered: 'A named worker',
  told: 'Thank you. We have looked at it.',
  told_confirmed: false,
  look_again_on: null,
  needs: [{ need: 'consent', choice: 'given', words: 'His mother agreed' }],
  ...over,
})

/** Whoever holds the receipt of a concern. */
export const reporterOf = (house: TestHouse, concern: string) =>
  ({ kind: 'reporter', partnership: house.cast.partnership, concern }) as const

/** The reporter says that they were not heard. */
export const unheard = (house: TestHouse, concern: string, words = 'Nobody rang me') => {
  const viewer = reporterOf(house, concern)
  return house.seen(viewer, (tx) => notHeard(tx, house.house.keys, viewer, { concern, words, at: house.clock.now }))
}
