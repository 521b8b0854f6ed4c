import { sql } from 'kysely'
import { asProduct, newId, record, sealText, type DataKey, type Keys, type Tx } from '../platform/index.ts'
import { keysOf } from './keys.ts'
import { lookUp, standardOf } from './look-up.ts'
import { propose } from './propose.ts'
import {
  nameOfThing,
  normaliser,
  saysSomething,
  standardPerson,
  standardPlace,
  standardThing,
  type PersonSupplied,
  type Standard,
  type Thing,
} from './standard.ts'

export type ConcernSaid = {
  concern: string
  /** The supplier. */
  agency: string
  /** The concern's own data key: what erases the concern erases what is kept of it here. */
  key: DataKey
  at: Date
  people: readonly (PersonSupplied & { id: string })[]
  details: readonly { id: string; kind: string; said: string }[]
  place?: { id: string; address: string; postcode: string | null | undefined }
}

/** What is to be kept of one source. */
type Noted = { source: 'concern person' | 'concern detail' | 'identity' | 'fed'; source_id: string; standard: Standard }
type Whose = {
  concern: string | null
  subject: string | null
  /** An entry of an agency's list. */
  fed?: string | null
  agency: string
  key: DataKey
  at: Date
  handling?: number
}

/**
 * Takes note of whom and what a concern is about, in its own transaction: records, keys, one look-up among everything
 * known, one weighing, proposals. Called again with what is said later: what is here already stays as it is.
 * @returns how many proposals were made
 */
export const noteConcern = (tx: Tx, keys: Keys, partnership: string, said: ConcernSaid): Promise<number> =>
  asProduct(tx, async () => {
    const noted = await newOnes(tx, partnership, said.concern, recordsOf(said))
    const { concern, agency, key, at } = said
    const proposals = await keep(tx, keys, partnership, noted, { concern, subject: null, agency, key, at })
    if (proposals > 0)
      await record(
        tx,
        { kind: 'system', partnership },
        'proposals made',
        { kind: 'concern', id: concern },
        { proposals },
      )
    return proposals
  })

/** Which of these concerns nothing is kept of. */
export const notNoted = async (tx: Tx, partnership: string, concerns: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${concerns}::uuid[]) as c (id)
    where not exists (select from noted_record r where r.partnership_id = ${partnership} and r.concern_id = c.id)`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** Each person, each thing once, and whoever is only named: "they called her Kit". */
const recordsOf = ({ people, details, place, at }: ConcernSaid): Noted[] => {
  const things = new Map<string, { id: string; thing: Thing }>()
  const addThing = (id: string, thing: Thing | undefined): void => {
    if (thing && !things.has(nameOfThing(thing))) things.set(nameOfThing(thing), { id, thing })
  }
  if (place?.postcode) addThing(place.id, standardPlace(place))
  for (const { id, kind, said } of details) {
    const thing = standardThing(kind, said)
    const known =
      thing?.kind === 'place' &&
      [...things.values()].some(({ thing: other }) => other.kind === 'place' && other.postcode === thing.postcode)
    if (!known) addThing(id, thing)
  }
  const beside = [...things.values()].map(({ thing }) => thing)
  const year = at.getUTCFullYear()
  const named = new Set(people.flatMap(({ name, nickname }) => [name, nickname]))
  const onlyNamed = details.filter(({ kind, said }) => (kind === 'name' || kind === 'nickname') && !named.has(said))
  return [
    ...people.map(({ id, ...person }): Noted => ({
      source: 'concern person',
      source_id: id,
      standard: standardPerson(person, year, beside),
    })),
    ...onlyNamed.map(({ id, kind, said }): Noted => ({
      source: 'concern detail',
      source_id: id,
      standard: standardPerson({ [kind]: said }, year, beside),
    })),
    ...[...things.values()].map(({ id, thing }): Noted => ({
      source: 'concern detail',
      source_id: id,
      standard: thing,
    })),
  ].filter(({ standard }) => saysSomething(standard))
}

const newOnes = async (tx: Tx, partnership: string, concern: string, noted: readonly Noted[]): Promise<Noted[]> => {
  if (noted.length === 0) return []
  const there = await tx
    .selectFrom('noted_record')
    .select(['source_id', 'kind'])
    .where('partnership_id', '=', partnership)
    .where('concern_id', '=', concern)
    .execute()
  const known = new Set(there.map(({ source_id, kind }) => `${source_id} ${kind}`))
  return noted.filter(({ source_id, standard }) => !known.has(`${source_id} ${standard.kind}`))
}

/** Keeps records with their keys and what they are known as, and proposes what they may be the same as. */
export const keep = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  noted: readonly Noted[],
  { concern, subject, fed = null, agency, key, at, handling = 1 }: Whose,
): Promise<number> => {
  if (noted.length === 0) return 0
  const made = noted.map((one) => ({ ...one, id: newId(), hashes: keysOf(keys, partnership, one.standard) }))
  const found = await lookUp(
    tx,
    keys,
    partnership,
    made.map(({ standard, hashes }) => ({ kind: standard.kind, hashes, concern, subject })),
    { ofLists: fed !== null },
  )
  const within = { partnership_id: partnership, handling: String(handling) }
  await tx
    .insertInto('noted_record')
    .values(
      made.map(({ id, source, source_id, standard }) => ({
        ...within,
        id,
        kind: standard.kind,
        source,
        source_id,
        concern_id: concern,
        subject_id: subject,
        fed_id: fed,
        agency_id: agency,
        standard_sealed: sealText(key, standardOf(id), JSON.stringify(standard)),
        key_id: key.id,
        normaliser,
        noted_at: at,
      })),
    )
    .execute()
  const postings = made.flatMap(({ id, hashes }) => hashes.map((hash) => ({ id, hash })))
  if (postings.length)
    await sql`insert into record_key (partnership_id, hash, record_id, handling)
      select ${partnership}, k.hash, k.id, ${String(handling)} from unnest(${postings.map(({ hash }) => hash)}::int[],
        ${postings.map(({ id }) => id)}::uuid[]) as k (hash, id)`.execute(tx)
  const own = subject ?? fed
  const before = own ? await knownAs(tx, partnership, own) : undefined
  const belongs = made.map(({ id, standard }) => ({ id, kind: standard.kind, known: before ?? newId() }))
  if (!before)
    await tx
      .insertInto('known')
      .values(belongs.map(({ known, kind }) => ({ ...within, id: known, kind, agency_id: agency, since: at })))
      .execute()
  await tx
    .insertInto('belonging')
    .values(
      belongs.map(({ id, known }) => ({
        ...within,
        id: newId(),
        record_id: id,
        known_id: known,
        agency_id: agency,
        from_at: at,
      })),
    )
    .execute()
  return propose(
    tx,
    partnership,
    made.map(({ id, standard }, i) => ({
      id,
      kind: standard.kind,
      agency_id: agency,
      standard,
      candidates: found[i]!,
    })),
    at,
  )
}

/** Records of one person's own record, or of one entry of a list, are known to be one: a later one stands beside the earlier. */
const knownAs = async (tx: Tx, partnership: string, own: string): Promise<string | undefined> => {
  const { rows } = await sql<{ known_id: string }>`
    select b.known_id from noted_record r
    join belonging b on b.partnership_id = r.partnership_id and b.record_id = r.id and b.to_at is null
    where r.partnership_id = ${partnership} and (r.subject_id = ${own} or r.fed_id = ${own})
    order by r.noted_at, r.id limit 1`.execute(tx)
  return rows[0]?.known_id
}
