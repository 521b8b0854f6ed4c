import { sql } from 'kysely'
import { isId, NotFound, record, type Keys, type StaffViewer, type Tx } from '../platform/index.ts'
import { referencesOf } from '../subjects/index.ts'
import {
  identitiesSeen,
  joined,
  joinsOf,
  weave,
  type Claim,
  type Joined,
  type Mention,
  type Network,
  type Said,
  type Same,
  type ThingKind,
} from '../joining/index.ts'
import { isFromAgency, type About, type DetailKind } from './concern.ts'
import { hashedKey } from './detail.ts'
import { erased, openRows, wrappedKey } from './sealed.ts'

/** Nearer concerns come first; so many at most are read for one network. */
export const most_concerns = 600
/** Of what was said in more concerns than this, the newest so many are looked at: a postcode of a whole street ties too much. */
export const most_of_one = 60

/**
 * The network around a concern, or around what one row of it says, of everything that this viewer may read: every
 * statement here runs under their own row-level security, and nothing is asked as the product. Whoever is shown something
 * of a person's record has looked at it.
 * @param id of a concern, of a person or detail in one, or `at-` and a concern for its place
 * @returns the network and the key of what it is about
 * @throws {NotFound} for what is not there, or not theirs
 */
export const networkAround = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  id: string,
  now: Date,
): Promise<{ network: Network; start: string; concern: string; same: Same[] }> => {
  const concern = await concernOf(tx, viewer, id)
  const near = await nearby(tx, keys, viewer, concern, now)
  const said = await claimsOf(tx, keys, viewer, near.concerns)
  said.push(...(await claimsOfRecords(tx, keys, viewer, near.people, said)))
  const { claims, same } = joined(said, await sameIn(tx, viewer, near, said))
  const network = weave(claims)
  const start = network.things.find(({ ids }) => ids.includes(id))
  if (!start) throw new NotFound()
  for (const person of near.people.keys())
    await record(tx, viewer, 'shown in a network', { kind: 'person', id: person }, { concern })
  return { network, start: start.key, concern, same }
}

/** All that is read for one network: concerns, and people whose own records this viewer may see. */
type Near = { concerns: string[]; people: People }
type People = Awaited<ReturnType<typeof identitiesSeen>>

/** The joins of what was read. The place of a concern is kept under the concern's own id, a person's record under its own. */
const sameIn = async (tx: Tx, viewer: StaffViewer, near: Near, claims: readonly Claim[]): Promise<Same[]> => {
  const there = new Map(claims.flatMap(({ a, b }) => [a, b].map((one) => [one.id, one.kind] as const)))
  const idOf = ({ id, subject }: Joined['a']) =>
    subject ? `record-${id}` : there.get(id) === 'concern' ? `at-${id}` : id
  return (await joinsOf(tx, viewer, { concerns: near.concerns, subjects: [...near.people.keys()] }))
    .map((one) => ({ ...one, a: idOf(one.a), b: idOf(one.b) }))
    .filter(({ a, b }) => there.has(a) && there.has(b))
}

const concernOf = async (tx: Tx, viewer: StaffViewer, id: string): Promise<string> => {
  const row = id.replace(/^at-/, '')
  if (!isId(row)) throw new NotFound()
  const { rows } = await sql<{ id: string }>`
    select c.id from concern c where c.partnership_id = ${viewer.partnership} and c.id = coalesce(
      (select d.concern_id from detail d where d.partnership_id = ${viewer.partnership} and d.id = ${row}),
      (select p.concern_id from concern_person p where p.partnership_id = ${viewer.partnership} and p.id = ${row}),
      ${row}::uuid)`.execute(tx)
  if (!rows[0]) throw new NotFound()
  return rows[0].id
}

/** What is tied to this concern through what was said in it, or by somebody's answer, ring by ring. */
const nearby = async (tx: Tx, keys: Keys, viewer: StaffViewer, start: string, now: Date): Promise<Near> => {
  const seen = new Set([start])
  const people: People = new Map()
  let [ring, persons]: [string[], string[]] = [[start], []]
  while (ring.length + persons.length > 0 && seen.size < most_concerns) {
    const { rows } = await sql<{ concern_id: string }>`
      select distinct o.concern_id from (
        select distinct d.kind, d.key from detail d
        where d.partnership_id = ${viewer.partnership} and d.concern_id = any (${ring}::uuid[]) and d.key is not null
          and d.kind <> 'business') k
      cross join lateral (
        select b.concern_id from detail b
        join concern c on c.partnership_id = b.partnership_id and c.id = b.concern_id
        where b.partnership_id = ${viewer.partnership} and b.key = k.key
          and b.kind = any (case when k.kind in ('name', 'nickname') then array['name', 'nickname'] else array[k.kind] end)
        order by c.received_at desc, c.id limit ${most_of_one}) o
      order by o.concern_id`.execute(tx)
    const answered = await joinsOf(tx, viewer, { concerns: ring, subjects: persons })
    const ends = answered.flatMap(({ a, b }) => [a, b])
    const tied = await readable(tx, viewer, ends)
    // A record that this viewer may not see leads nowhere: nothing is joined through it.
    const met = new Set(ends.flatMap(({ subject }) => (subject && !people.has(subject) ? [subject] : [])))
    const shown = await identitiesSeen(tx, keys, viewer, [...met], now)
    for (const [subject, identities] of shown) people.set(subject, identities)
    persons = [...shown.keys()]
    ring = [...new Set([...rows.map(({ concern_id }) => concern_id), ...tied])].filter((id) => !seen.has(id))
    for (const id of ring) if (seen.size < most_concerns) seen.add(id)
  }
  return { concerns: [...seen], people }
}

/** Of the concerns at the ends of answers those that the viewer may read: a hidden one leads nowhere. */
const readable = async (tx: Tx, viewer: StaffViewer, ends: readonly Joined['a'][]): Promise<string[]> => {
  const ids = ends.flatMap(({ concern }) => concern ?? [])
  const { rows } = await sql<{ id: string }>`select id from concern where partnership_id = ${viewer.partnership}
    and id = any (${ids}::uuid[]) order by id`.execute(tx)
  return rows.map(({ id }) => id)
}

const claimsOf = async (tx: Tx, keys: Keys, viewer: StaffViewer, ids: string[]): Promise<Claim[]> => {
  const { partnership } = viewer
  const wrapped = (table: string) => wrappedKey(partnership, `${table}.key_id`).as('wrapped')
  const concerns = await tx
    .selectFrom('concern')
    .select([
      'id',
      'reference',
      'agency_id',
      'channel',
      'received_at',
      'about',
      'place',
      'place_words',
      'postcode',
      'key_id',
    ])
    .select(wrapped('concern'))
    .where('partnership_id', '=', partnership)
    .where('id', 'in', ids)
    .execute()
  const details = await tx
    .selectFrom('detail')
    .select(['id', 'concern_id', 'kind', 'said', 'key', 'key_id'])
    .select(wrapped('detail'))
    .where('partnership_id', '=', partnership)
    .where('concern_id', 'in', ids)
    .execute()
  const people = await tx
    .selectFrom('concern_person')
    .select(['id', 'concern_id', 'part', 'name', 'nickname', 'phone', 'postcode', 'key_id'])
    .select(wrapped('concern_person'))
    .where('partnership_id', '=', partnership)
    .where('concern_id', 'in', ids)
    .execute()
  const checks = await tx
    .selectFrom('partner_check')
    .select(['concern_id', 'asked_agency_id', 'asked_at', 'answered_at', 'known'])
    .where('partnership_id', '=', partnership)
    .where('concern_id', 'in', ids)
    .where('withdrawn_at', 'is', null)
    .execute()
  const detailsOf = Map.groupBy(await openRows(tx, keys, partnership, 'detail', details), (row) => row.concern_id)
  const peopleOf = Map.groupBy(await openRows(tx, keys, partnership, 'concern_person', people), (row) => row.concern_id)
  const checksOf = Map.groupBy(checks, (row) => row.concern_id)
  return (await openRows(tx, keys, partnership, 'concern', concerns)).flatMap((concern) =>
    claimsIn(keys, partnership, {
      concern,
      details: detailsOf.get(concern.id) ?? [],
      people: peopleOf.get(concern.id) ?? [],
      checks: checksOf.get(concern.id) ?? [],
    }),
  )
}

/** What people's own records claim: of whom each is, by whose word, and the phone where a concern says it too. */
const claimsOfRecords = async (
  tx: Tx,
  keys: Keys,
  viewer: StaffViewer,
  people: People,
  claims: readonly Claim[],
): Promise<Claim[]> => {
  const references = await referencesOf(tx, viewer, [...people.keys()])
  const there = new Map(claims.flatMap(({ a, b }) => [a, b].map((one) => [one.key, one] as const)))
  return [...people].flatMap(([subject, identities]) =>
    identities.flatMap(({ id, agency_id, name, known_as, phone, entered_at }): Claim[] => {
      const said: Said = { concern: null, agency: agency_id, channel: 'record', at: entered_at }
      const label = references.get(subject) ?? ''
      const kept: Mention = { key: `record ${subject}`, id: `record-${subject}`, kind: 'record', label }
      const one: Mention = { key: `person ${id}`, id: `record-${id}`, kind: 'person', label: name || known_as }
      const number = phone && hashedKey(keys, viewer.partnership, { kind: 'phone', said: phone })
      const rung = number && there.get(`phone ${number.toString('hex')}`)
      return [
        { a: kept, b: one, how: 'kept of', said },
        ...(rung ? [{ a: one, b: rung, how: 'has' as const, said }] : []),
      ]
    }),
  )
}

type Read = {
  concern: {
    id: string
    reference: string
    agency_id: string
    channel: string
    received_at: Date
    about: string
    place: string
    place_words: string[]
    postcode: string | null
  }
  details: readonly { id: string; kind: string; said: string; key: Buffer | null }[]
  people: readonly {
    id: string
    part: string
    name: string
    nickname: string
    phone: string
    postcode: string | null
  }[]
  checks: readonly { asked_agency_id: string; asked_at: Date; answered_at: Date | null; known: string | null }[]
}

/** Everything that one concern claims: who and what was named in it, and who has what. */
const claimsIn = (keys: Keys, partnership: string, { concern, details, people, checks }: Read): Claim[] => {
  const itself: Mention = { key: `concern ${concern.id}`, id: concern.id, kind: 'concern', label: concern.reference }
  const by = isFromAgency(concern.channel) ? concern.agency_id : null
  const said: Said = { concern: concern.id, agency: by, channel: concern.channel, at: concern.received_at }
  const place = placeOf(concern)
  const claims: Claim[] = place ? [{ a: itself, b: place, how: 'named', said }] : []
  // What somebody has is tied to them; what nobody is said to have, to the concern.
  const had = new Set<string>()
  const mentions = new Map(details.map((detail) => [detail.key?.toString('hex') ?? detail.id, mentionOf(detail)]))
  for (const person of people) {
    const label = [person.name, person.nickname].find((name) => name && name !== erased) ?? ''
    const one: Mention = { key: `person ${person.id}`, id: person.id, kind: 'person', label, note: person.part }
    claims.push({ a: itself, b: one, how: 'named', said })
    for (const kind of ['name', 'nickname', 'phone', 'postcode'] as const) {
      const key = person[kind] ? hashedKey(keys, partnership, { kind, said: person[kind] }) : null
      const thing = key && mentions.get(key.toString('hex'))
      if (!thing) continue
      had.add(thing.key)
      claims.push({ a: one, b: thing, how: kind === 'name' || kind === 'nickname' ? 'called' : 'has', said })
    }
  }
  const { postcode } = concern
  const lies = postcode && hashedKey(keys, partnership, { kind: 'postcode', said: postcode })?.toString('hex')
  for (const [key, thing] of mentions) {
    if (had.has(thing.key) || thing.label === erased) continue
    if (place && key === lies) claims.push({ a: place, b: thing, how: 'lies in', said })
    else claims.push({ a: itself, b: thing, how: 'named', said })
  }
  if (by) claims.push({ a: itself, b: agencyOf(by), how: 'sent by', said })
  for (const { asked_agency_id: agency, asked_at, answered_at, known } of checks) {
    const knows = known === 'known' && answered_at !== null
    const checked: Said = { concern: concern.id, agency, channel: 'check', at: knows ? answered_at : asked_at }
    claims.push({ a: itself, b: agencyOf(agency), how: knows ? 'known to' : 'asked', said: checked })
  }
  return claims
}

const kindOf: Record<DetailKind, ThingKind> = {
  vehicle: 'vehicle',
  phone: 'phone',
  account: 'account',
  postcode: 'place',
  business: 'business',
  name: 'name',
  nickname: 'name',
}

const mentionOf = ({ id, kind, said, key }: Read['details'][number]): Mention => ({
  // Two plates are one thing when they are read as one; so are a nickname here and a name there. Two shops of one name are
  // one only where somebody said so.
  key: key && kind !== 'business' ? `${kindOf[kind as DetailKind]} ${key.toString('hex')}` : `detail ${id}`,
  id,
  kind: kindOf[kind as DetailKind],
  label: said,
})

const placeKinds: Partial<Record<About, ThingKind>> = { business: 'business', group: 'group', online: 'account' }

/** The place in its own words. Two are one when the same words were said, of which there must be two: "Rugby" is no place. */
const placeOf = ({ id, about, place, place_words }: Read['concern']): Mention | undefined => {
  if (!place || place === erased) return undefined
  const words = [...new Set(place_words)].sort().join('.')
  return {
    key: place_words.length > 1 ? `words ${words}` : `place of ${id}`,
    id: `at-${id}`,
    kind: placeKinds[about as About] ?? 'place',
    label: place,
  }
}

/** Its name is the page's to ask. */
const agencyOf = (id: string): Mention => ({ key: `agency ${id}`, id, kind: 'agency', label: id })
