import { become, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import { statementsOf } from '../sharing/index.ts'
import { identitiesOf } from '../subjects/index.ts'

export type Seen = Awaited<ReturnType<typeof identitiesOf>>

/**
 * Who people are, as far as this reader could open them: under their own row-level security, each with what they have said
 * today why they need. Nobody is in it of whom they may see nothing.
 */
export const identitiesSeen = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  subjects: readonly string[],
  now: Date,
): Promise<Map<string, Seen>> => {
  if (subjects.length === 0) return new Map()
  const statements = await statementsOf(tx, viewer, subjects, now)
  const unstated = subjects.filter((subject) => !statements.has(subject))
  const seen = await identitiesOf(tx, keys, viewer.partnership, unstated)
  for (const [subject, stated] of statements) {
    await become(tx, { ...viewer, stated })
    seen.push(...(await identitiesOf(tx, keys, viewer.partnership, [subject])))
    await become(tx, viewer)
  }
  return Map.groupBy(seen, ({ subject_id }) => subject_id)
}
