import { blindAmong, proposalFor, proposalsFor, type Asked, type Proposal } from '../joining/index.ts'
import { abreast, NotFound, record, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'

/** What a concern is called, and how it came. */
export type Referred = { reference: string; channel: string }

/** A proposal, and the references of the concerns it is of, where it is of any. */
export type Join = Proposal & {
  reference: Referred | undefined
  hereReference: Referred | undefined
  /** What this reader is asked blindly: then nothing here says what anybody answered. */
  blind: Asked | undefined
}

/** What may be the same as something on this concern. */
export const joinsOf = async (tx: Tx, keys: Keys, worker: StaffViewer, concern: string, now: Date): Promise<Join[]> =>
  asJoins(tx, worker, await proposalsFor(tx, keys, worker, concern, now), { concern })

/**
 * Proposals with what their concerns are called, as far as this reader hears of them. Whoever is shown something of a
 * person's record has looked at it.
 * @param beside where they are shown: the ids that belong in the event
 */
export const asJoins = async (
  tx: Tx,
  worker: StaffViewer,
  proposals: readonly Proposal[],
  beside: Record<string, string>,
): Promise<Join[]> => {
  const sides = proposals.flatMap(({ here, there }) => [here, there])
  const seen = new Set(sides.flatMap(({ subject, standard }) => (subject && standard ? [subject] : [])))
  const [known, blind] = await abreast(
    tx,
    () => referencesOf(tx, worker, [...new Set(sides.flatMap(({ concern }) => concern ?? []))]),
    () => blindAmong(tx, worker, proposals),
    ...[...seen].map((id) => () => record(tx, worker, 'shown in a proposal', { kind: 'person', id }, beside)),
  )
  const reference = ({ concern }: Proposal['here']) => known.get(concern ?? '')
  return proposals
    .map((each) => ({ ...each, reference: reference(each.there), hereReference: reference(each.here) }))
    .map((each) => unheard(each, blind.get(each.id)))
    .toSorted((a, b) => Number(!!a.standing) - Number(!!b.standing))
}

const referencesOf = async (
  tx: Tx,
  worker: StaffViewer,
  concerns: readonly string[],
): Promise<Map<string, Referred>> => {
  if (concerns.length === 0) return new Map()
  const rows = await tx
    .selectFrom('concern')
    .select(['id', 'reference', 'channel'])
    .where('partnership_id', '=', worker.partnership)
    .where('id', 'in', concerns)
    .execute()
  return new Map(rows.map(({ id, ...referred }) => [id, referred]))
}

/** Whoever is asked blindly hears what others said only after they have answered, nor does its place in a list tell. */
const unheard = (join: Omit<Join, 'blind'>, blind: Asked | undefined): Join =>
  blind ? { ...join, blind, decisions: [], standing: undefined, joined: false } : { ...join, blind }

/** A pair by itself, whatever it is of. @throws {NotFound} when there is none */
export const pairFor = async (
  tx: Tx,
  keys: Keys,
  worker: StaffViewer,
  proposal: string | undefined,
  now: Date,
): Promise<Join> => {
  const found = await proposalFor(tx, keys, worker, proposal, now)
  const [join] = await asJoins(tx, worker, [found], { proposal: found.id })
  return join!
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
