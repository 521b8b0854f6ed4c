import { abreast, asStating, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
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
  const of = (those: readonly string[]) => identitiesOf(tx, keys, viewer.partnership, those)
  const unstated = subjects.filter((subject) => !statements.has(subject))
  const stated = [...statements].map(
    ([subject, said]) =>
      () =>
        asStating(tx, said, () => of([subject])),
  )
  const seen = (await abreast(tx, () => of(unstated), ...stated)).flat()
  return Map.groupBy(seen, ({ subject_id }) => subject_id)
}
