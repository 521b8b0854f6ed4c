import { neighboursOf, type Network, type Said, type Thing, type ThingKind, type Tie } from './network.ts'

/** What a network is narrowed to. Days are YYYY-MM-DD by `dayOf`. */
export type NetworkFilter = {
  from?: string
  until?: string
  without: readonly ThingKind[]
  agency?: string
  channel?: string
}

/** Only what was said then, by them, and of these kinds. A tie stands as long as one who said it is left. */
export const narrowed = (
  { things, ties }: Network,
  { from, until, without, agency, channel }: NetworkFilter,
  dayOf: (at: Date) => string,
): Network => {
  const counts = (said: Said): boolean => {
    const day = dayOf(said.at)
    return (
      (!from || day >= from) &&
      (!until || day <= until) &&
      (!agency || said.agency === agency) &&
      (!channel || said.channel === channel)
    )
  }
  const left = things.filter(({ kind }) => !without.includes(kind))
  const keys = new Set(left.map(({ key }) => key))
  return {
    things: left,
    ties: ties
      .filter(({ a, b }) => keys.has(a) && keys.has(b))
      .map((tie) => ({ ...tie, said: tie.said.filter(counts) }))
      .filter(({ said }) => said.length > 0),
  }
}

export type Step = { from: Thing; to: Thing; tie: Tie }

/** The shortest way from one thing to another, tie by tie; of several the same one each time. Undefined where there is none. */
export const pathBetween = (network: Network, from: string, to: string): Step[] | undefined => {
  const next = neighboursOf(network)
  const things = new Map(network.things.map((thing) => [thing.key, thing]))
  const before = new Map<string, string>([[from, from]])
  for (const at of before.keys()) {
    if (at === to) break
    // That one agency sent both ties nobody to anybody.
    if (at !== from && things.get(at)?.kind === 'agency') continue
    for (const key of next.get(at) ?? []) if (!before.has(key)) before.set(key, at)
  }
  if (!before.has(to)) return undefined
  const keys = [to]
  while (keys[0] !== from) keys.unshift(before.get(keys[0]!)!)
  return keys.slice(1).map((key, i) => {
    const [one, other] = [keys[i]!, key]
    const tie = network.ties.find(({ a, b }) => (a === one && b === other) || (a === other && b === one))!
    return { from: things.get(one)!, to: things.get(other)!, tie }
  })
}

export type Together = { a: Thing; b: Thing; concerns: number; agencies: number; first: Date; last: Date }

/** Pairs of things that were said together in two concerns or more: how many, from how many sources, since when. */
export const seenTogether = (network: Network, most = 50): Together[] => {
  const things = new Map(network.things.map((thing) => [thing.key, thing]))
  const tells = (key: string): boolean => !['concern', 'record', 'agency'].includes(things.get(key)?.kind ?? 'agency')
  const concerns = new Map<string, { said: Said; keys: Set<string> }>()
  for (const { a, b, said } of network.ties)
    for (const one of said) {
      if (one.concern === null) continue
      const found = concerns.get(one.concern) ?? { said: one, keys: new Set() }
      for (const key of [a, b]) if (tells(key)) found.keys.add(key)
      concerns.set(one.concern, found)
    }
  const often = timesOf([...concerns.values()].flatMap(({ keys }) => [...keys]))
  const pairs = new Map<string, { a: string; b: string; said: Said[] }>()
  for (const { said, keys } of concerns.values()) {
    // What was said once was said together with nothing twice.
    const twice = [...keys].filter((key) => often.get(key)! > 1).sort()
    twice.forEach((a, i) => {
      for (const b of twice.slice(i + 1)) {
        const pair = pairs.get(`${a} ${b}`) ?? { a, b, said: [] }
        pair.said.push(said)
        pairs.set(`${a} ${b}`, pair)
      }
    })
  }
  return [...pairs.values()]
    .filter(({ said }) => said.length > 1)
    .map(({ a, b, said }) => {
      const times = said.map(({ at }) => at.getTime())
      return {
        a: things.get(a)!,
        b: things.get(b)!,
        concerns: said.length,
        agencies: new Set(said.map(({ agency }) => agency)).size,
        first: new Date(Math.min(...times)),
        last: new Date(Math.max(...times)),
      }
    })
    .sort((x, y) => y.concerns - x.concerns || y.agencies - x.agencies || y.last.getTime() - x.last.getTime())
    .slice(0, most)
}

const timesOf = (keys: readonly string[]): Map<string, number> => {
  const times = new Map<string, number>()
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1)
  return times
}
