/*
 * What is tied to what, by whose word and since when. A network is made of claims alone: each is something that somebody
 * said or decided and that whoever looks may read. So what they may not see leaves nothing behind, no gap and no count.
 */

export const thingKinds = [
  'concern',
  'person',
  'record',
  'place',
  'business',
  'group',
  'vehicle',
  'phone',
  'account',
  'name',
  'agency',
] as const
export type ThingKind = (typeof thingKinds)[number]

/**
 * How two things are tied: said together in a concern; what somebody has or uses; what they are called, which makes
 * nobody the same; whom a person's own record is of; where a place lies; who sent it, who was asked about it, and who said that they know.
 */
export const tieKinds = ['named', 'has', 'called', 'kept of', 'lies in', 'sent by', 'asked', 'known to'] as const
export type TieKind = (typeof tieKinds)[number]

/** Who says so, and when. `agency` is nobody's where the public said it; `concern` is none where a person's own record says it. */
export type Said = { concern: string | null; agency: string | null; channel: string; at: Date }
/** One thing as it stands in one row. What has one `key` is one thing; `id` is the row's own and may stand in an address. */
export type Mention = { key: string; id: string; kind: ThingKind; label: string; note?: string }
export type Claim = { a: Mention; b: Mention; how: TieKind; said: Said }

/** `ids`: every row it was made of. The first is the thing's own name in addresses. */
export type Thing = {
  ids: string[]
  key: string
  kind: ThingKind
  label: string
  labels: string[]
  notes: string[]
}
/** Two rows that are one thing because somebody said so. */
export type Same = { a: string; b: string; agency: string; staff: string; at: Date }
/** `a` and `b`: the keys of things. What was said is in the order of time. */
export type Tie = { a: string; b: string; how: TieKind; said: Said[] }
export type Network = { things: Thing[]; ties: Tie[] }

/** The network that claims make, whatever order they come in. */
export const weave = (claims: readonly Claim[]): Network => {
  const things = new Map<string, Mention[]>()
  const ties = new Map<string, Tie>()
  for (const { a, b, how, said } of claims) {
    for (const one of [a, b]) {
      const mentions = things.get(one.key)
      if (mentions) mentions.push(one)
      else things.set(one.key, [one])
    }
    if (a.key === b.key) continue
    const name = [how, a.key, b.key].join(' ')
    const tie = ties.get(name) ?? { a: a.key, b: b.key, how, said: [] }
    tie.said.push(said)
    ties.set(name, tie)
  }
  return {
    things: [...things].map(([key, mentions]) => thingOf(key, mentions)).sort(byNature),
    ties: [...ties.values()]
      .map((tie) => ({ ...tie, said: onceEach(tie.said) }))
      .sort((x, y) => compare(x.a, y.a) || compare(x.b, y.b) || compare(x.how, y.how)),
  }
}

/** The claims with everything that somebody said is the same under one key. A row that is in no claim joins nothing. */
export const joined = (claims: readonly Claim[], same: readonly Same[]): { claims: Claim[]; same: Same[] } => {
  const mentions = new Map(claims.flatMap(({ a, b }) => [a, b].map((one) => [one.id, one] as const)))
  const here = same.filter(({ a, b }) => mentions.get(a)?.kind === mentions.get(b)?.kind && mentions.has(a))
  const under = new Map<string, string>()
  const keyOf = (key: string): string => (under.has(key) ? keyOf(under.get(key)!) : key)
  for (const { a, b } of here) {
    const [low, high] = [keyOf(mentions.get(a)!.key), keyOf(mentions.get(b)!.key)].sort()
    if (low !== high) under.set(high!, low!)
  }
  const moved = (one: Mention): Mention => ({ ...one, key: keyOf(one.key) })
  return { claims: claims.map((claim) => ({ ...claim, a: moved(claim.a), b: moved(claim.b) })), same: here }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const thingOf = (key: string, mentions: readonly Mention[]): Thing => {
  const ordered = mentions.toSorted((a, b) => compare(a.id, b.id) || compare(a.label, b.label))
  const distinct = (all: readonly (string | undefined)[]) => [...new Set(all.filter((one) => one))] as string[]
  const labels = distinct(ordered.map(({ label }) => label))
  return {
    key,
    kind: ordered[0]!.kind,
    ids: distinct(ordered.map(({ id }) => id)),
    // The shortest says it best on a picture: "white van, KV99 TRX" is KV99 TRX. Letters before the figures read for them.
    label: labels.toSorted((a, b) => a.length - b.length || compare(b, a))[0] ?? '',
    labels,
    notes: distinct(ordered.map(({ note }) => note)),
  }
}

const byNature = (a: Thing, b: Thing): number =>
  thingKinds.indexOf(a.kind) - thingKinds.indexOf(b.kind) || compare(a.label, b.label) || compare(a.key, b.key)

const onceEach = (all: readonly Said[]): Said[] =>
  [...new Map(all.map((said) => [`${said.concern} ${said.agency} ${said.at.toISOString()}`, said])).values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || compare(a.concern ?? '', b.concern ?? ''),
  )

export const thingCalled = ({ things }: Network, id: string): Thing | undefined =>
  things.find(({ ids }) => ids.includes(id))

/** The things each thing is tied to. */
export const neighboursOf = ({ ties }: Network): Map<string, string[]> => {
  const next = new Map<string, string[]>()
  const add = (from: string, to: string): void => {
    const there = next.get(from)
    if (there) there.push(to)
    else next.set(from, [to])
  }
  for (const { a, b } of ties) {
    add(a, b)
    add(b, a)
  }
  return next
}

/** Only these things, and the ties among them. */
export const onlyThings = ({ things, ties }: Network, keys: ReadonlySet<string>): Network => ({
  things: things.filter(({ key }) => keys.has(key)),
  ties: ties.filter(({ a, b }) => keys.has(a) && keys.has(b)),
})

/**
 * What can be reached from a thing in at most `steps` ties. An agency leads nowhere: that it sent two concerns ties
 * nobody in the one to anybody in the other.
 */
export const reached = (network: Network, from: readonly string[], steps = Infinity): Set<string> => {
  const next = neighboursOf(network)
  const agencies = new Set(network.things.filter(({ kind }) => kind === 'agency').map(({ key }) => key))
  const seen = new Set(from)
  let ring = [...from]
  for (let step = 0; step < steps && ring.length > 0; step++) {
    ring = [...new Set(ring.filter((key) => !agencies.has(key)).flatMap((key) => next.get(key) ?? []))]
    ring = ring.filter((key) => !seen.has(key))
    for (const key of ring) seen.add(key)
  }
  return seen
}
