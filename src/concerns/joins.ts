import { proposalsFor, type Proposal } from '../joining/index.ts'
import { NotFound, record, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'

/** A proposal beside a concern, and the reference of the other concern where it is one. */
export type Join = Proposal & { reference: string | undefined }

/** What may be the same as something on this concern. Whoever is shown something of a person's record has looked at it. */
export const joinsOf = async (tx: Tx, keys: Keys, worker: StaffViewer, concern: string, now: Date): Promise<Join[]> => {
  const proposals = await proposalsFor(tx, keys, worker, concern, now)
  const concerns = [...new Set(proposals.flatMap(({ there }) => there.concern ?? []))]
  const references = concerns.length
    ? await tx
        .selectFrom('concern')
        .select(['id', 'reference'])
        .where('partnership_id', '=', worker.partnership)
        .where('id', 'in', concerns)
        .execute()
    : []
  const known = new Map(references.map(({ id, reference }) => [id, reference]))
  const seen = new Set(proposals.flatMap(({ there }) => (there.subject && there.standard ? [there.subject] : [])))
  for (const id of seen) await record(tx, worker, 'shown in a proposal', { kind: 'person', id }, { concern })
  return proposals.map((proposal) => ({ ...proposal, reference: known.get(proposal.there.concern ?? '') }))
}

/** One of them. @throws {NotFound} when it is none of this concern's */
export const joinOf = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  concern: string,
  proposal: string | undefined,
  now: Date,
): Promise<Join> => {
  const found = (await joinsOf(tx, keys, worker, concern, now)).find(({ id }) => id === proposal)
  if (!found) throw new NotFound()
  return found
}
