import { suspicionFor, type Suspicion } from '../joining/index.ts'
import type { Referred } from './joins.ts'
import { record, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'

/** What looks wrong, with the references of the concerns that it is of. */
export type Suspect = Suspicion & { references: ReadonlyMap<string, Referred> }

/** Whoever is shown something of a person's record has looked at it. @throws {NotFound} when there is none */
export const suspectFor = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  id: string | undefined,
  now: Date,
): Promise<Suspect> => {
  const found = await suspicionFor(tx, keys, worker, id, now)
  const concerns = found.sides.flatMap(({ concern }) => concern ?? [])
  const references = concerns.length
    ? await tx
        .selectFrom('concern')
        .select(['id', 'reference', 'channel'])
        .where('partnership_id', '=', worker.partnership)
        .where('id', 'in', concerns)
        .execute()
    : []
  const seen = new Set(found.sides.flatMap(({ subject, standard }) => (subject && standard ? [subject] : [])))
  for (const person of seen)
    await record(tx, worker, 'shown in a proposal', { kind: 'person', id: person }, { suspicion: found.id })
  return { ...found, references: new Map(references.map(({ id: of, ...referred }) => [of, referred])) }
}
