import { sql } from 'kysely'
import {
  abreast,
  asProduct,
  heardAtTheEnd,
  newId,
  record,
  sealText,
  together,
  type DataKey,
  type Keys,
  type Question,
  type Tx,
} from '../platform/index.ts'
import { keysOf } from './keys.ts'
import { lookUp, standardOf } from './look-up.ts'
import { modelsKept, propose } from './propose.ts'
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
  /** It comes in with this: nothing of it can be noted yet. */
  isNew?: boolean
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
/** And whose it is: of a concern, of a person's record, or of an entry of an agency's list. */
type Whose = {
  concern?: string
  subject?: string
  fed?: string
  agency: string
  key: DataKey
  handling?: number
}
export type ToKeep = Noted & Whose

/**
 * Takes note of whom and what a concern is about, in its own transaction: records, keys, one look-up among everything
 * known, one weighing, proposals. Called again with what is said later: what is here already stays as it is.
 * @returns how many proposals were made
 */
export const noteConcern = (tx: Tx, keys: Keys, partnership: string, said: ConcernSaid): Promise<number> =>
  asProduct(tx, async () => {
    const { concern, agency, key, at, isNew } = said
    const noted = isNew ? recordsOf(said) : await newOnes(tx, partnership, concern, recordsOf(said))
    const those = noted.map((one) => ({ ...one, concern, agency, key }))
    const proposals = await keep(tx, keys, partnership, those, at)
    if (proposals > 0)
      heardAtTheEnd(
        tx,
        record(tx, { kind: 'system', partnership }, 'proposals made', { kind: 'concern', id: concern }, { proposals }),
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
    const thing = standardThing(kind, said, place)
    const known =
      thing?.kind === 'place' &&
      [...things.values()].some(({ thing: other }) => other.kind === 'place' && other.postcode === thing.postcode)
    if (!known) addThing(id, thing)
  }
  // That two were named with one chain's shop says little: it has a branch in every town.
  const beside = [...things.values()].flatMap(({ thing }) => (thing.kind === 'business' ? [] : thing))
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

/**
 * Keeps records with their keys and what they are known as, and proposes what they may be the same as: as many as there
 * are in a handful of statements. Of one person's record, or of one entry of a list, there is one at a time.
 * @returns how many proposals were made
 */
export const keep = async (
  tx: Tx,
  keys: Keys,
  partnership: string,
  those: readonly ToKeep[],
  at: Date,
): Promise<number> => {
  if (those.length === 0) return 0
  const made = those.map((one) => ({ ...one, id: newId(), hashes: keysOf(keys, partnership, one.standard) }))
  const [found, belonging, kept] = await abreast(
    tx,
    () =>
      lookUp(
        tx,
        keys,
        partnership,
        made.map(({ standard, hashes, concern, subject }) => ({ kind: standard.kind, hashes, concern, subject })),
        { ofLists: those.every(({ fed }) => fed !== undefined) },
      ),
    () => belongings(tx, partnership, made, at),
    () => modelsKept(tx, partnership),
  )
  const records = sql`insert into noted_record (partnership_id, id, kind, source, source_id, concern_id, subject_id, fed_id, agency_id,
      standard_sealed, key_id, normaliser, noted_at, handling)
    select ${partnership}, r.id, r.kind, r.source, r.source_id, r.concern, r.subject, r.fed, r.agency, r.sealed, r.key,
      ${normaliser}, ${at}, r.handling
    from unnest(${made.map(({ id }) => id)}::uuid[], ${made.map(({ standard }) => standard.kind)}::text[],
      ${made.map(({ source }) => source)}::text[], ${made.map(({ source_id }) => source_id)}::uuid[],
      ${made.map(({ concern }) => concern ?? null)}::uuid[], ${made.map(({ subject }) => subject ?? null)}::uuid[],
      ${made.map(({ fed }) => fed ?? null)}::uuid[], ${made.map(({ agency }) => agency)}::uuid[],
      ${made.map(({ id, key, standard }) => sealText(key, standardOf(id), JSON.stringify(standard)))}::bytea[],
      ${made.map(({ key }) => key.id)}::uuid[], ${made.map(handlingOf)}::int[])
      as r (id, kind, source, source_id, concern, subject, fed, agency, sealed, key, handling)`
  const postings = made.flatMap((one) => one.hashes.map((hash) => ({ one, hash })))
  const keysFound = sql`insert into record_key (partnership_id, hash, record_id, of_list, handling)
      select ${partnership}, k.hash, k.id, k.of_list, k.handling from unnest(${postings.map(({ hash }) => hash)}::int[],
        ${postings.map(({ one }) => one.id)}::uuid[], ${postings.map(({ one }) => one.fed !== undefined)}::boolean[],
        ${postings.map(({ one }) => handlingOf(one))}::int[]) as k (hash, id, of_list, handling)`
  const looked = made.map(({ id, agency, standard }, i) => ({
    id,
    kind: standard.kind,
    agency_id: agency,
    standard,
    candidates: found[i]!,
  }))
  const [, proposals] = await abreast(
    tx,
    () => together(tx, records, ...(postings.length ? [keysFound] : []), ...belonging),
    () => propose(tx, partnership, looked, kept, at),
  )
  return proposals
}

const handlingOf = ({ handling = 1 }: Whose): number => handling

/** Each is somebody new, unless a record of the same person's record or entry is known already: then it is that one. */
const belongings = async (
  tx: Tx,
  partnership: string,
  made: readonly (ToKeep & { id: string })[],
  at: Date,
): Promise<Question[]> => {
  const before = await knownAs(
    tx,
    partnership,
    made.flatMap(({ subject, fed }) => subject ?? fed ?? []),
  )
  const all = made.map((one) => {
    const known = before.get(one.subject ?? one.fed ?? '')
    return { ...one, known: known ?? newId(), isNew: known === undefined }
  })
  const fresh = all.filter(({ isNew }) => isNew)
  const knowns = sql`insert into known (partnership_id, id, kind, agency_id, since, handling)
    select ${partnership}, k.id, k.kind, k.agency, ${at}, k.handling from unnest(${fresh.map(({ known }) => known)}::uuid[],
      ${fresh.map(({ standard }) => standard.kind)}::text[], ${fresh.map(({ agency }) => agency)}::uuid[],
      ${fresh.map(handlingOf)}::int[]) as k (id, kind, agency, handling)`
  const belonging = sql`insert into belonging (partnership_id, id, record_id, known_id, agency_id, from_at, handling)
    select ${partnership}, b.id, b.record, b.known, b.agency, ${at}, b.handling from unnest(${all.map(() => newId())}::uuid[],
      ${all.map(({ id }) => id)}::uuid[], ${all.map(({ known }) => known)}::uuid[],
      ${all.map(({ agency }) => agency)}::uuid[], ${all.map(handlingOf)}::int[]) as b (id, record, known, agency, handling)`
  return [...(fresh.length ? [knowns] : []), belonging]
}

/** Records of one person's own record, or of one entry of a list, are known to be one: a later one stands beside the earlier. */
const knownAs = async (tx: Tx, partnership: string, owns: readonly string[]): Promise<Map<string, string>> => {
  if (owns.length === 0) return new Map()
  // From the few outwards: without statistics the planner starts from everything that belongs anywhere.
  const { rows } = await sql<{ own: string; known: string }>`
    select distinct on (o.own) o.own, b.known_id as known from unnest(${owns}::uuid[]) as o (own)
    cross join lateral (
      select id, noted_at from noted_record where partnership_id = ${partnership} and subject_id = o.own
      union all select id, noted_at from noted_record where partnership_id = ${partnership} and fed_id = o.own offset 0) r
    cross join lateral (select known_id from belonging
      where partnership_id = ${partnership} and record_id = r.id and to_at is null offset 0) b
    order by o.own, r.noted_at, r.id`.execute(tx)
  return new Map(rows.map(({ own, known }) => [own, known]))
}
