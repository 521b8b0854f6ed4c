import { neighboursOf, onlyThings, reached, type Network, type Thing } from './network.ts'

/** What of a network is drawn around one thing. */
export type ViewOf = {
  start: string
  /** The concern that it is about, or in: everything said there is drawn. */
  concern: string
  /** How many ties away at most. */
  steps: number
  /** Things that were opened further. */
  open: readonly string[]
  /** Things that are drawn however far away: a path. */
  keep: readonly string[]
  /** Also what was said once and ties nothing to anything. */
  all: boolean
  agencies: boolean
}

/** `whole`: all that is tied to the start. `beyond`: how many things more each drawn thing is tied to. */
export type View = { whole: Network; drawn: Network; beyond: Map<string, number> }

/** The start first, then the rest in their order: so it stands in the middle of the picture. */
export const viewOf = (network: Network, { start, concern, steps, open, keep, all, agencies }: ViewOf): View => {
  const tied = onlyThings(network, reached(network, [start]))
  const telling = onlyThings(
    tied,
    new Set(tied.things.filter(tells(tied, { start, concern, all, agencies })).map(keyOf)),
  )
  // A name that was left out may have been all that tied something.
  const whole = onlyThings(telling, reached(telling, [start]))
  const near = new Set([...reached(whole, [start], steps), ...reached(whole, open, 2), ...keep])
  const drawn = onlyThings(whole, near)
  const next = neighboursOf(whole)
  const beyond = drawn.things.map(({ key }): [string, number] => [
    key,
    new Set((next.get(key) ?? []).filter((other) => !near.has(other))).size,
  ])
  return {
    whole,
    drawn: { ...drawn, things: drawn.things.toSorted((a, b) => Number(b.key === start) - Number(a.key === start)) },
    beyond: new Map(beyond.filter(([, count]) => count > 0)),
  }
}

const keyOf = ({ key }: Thing) => key

const tells = (
  network: Network,
  { start, concern, all, agencies }: Pick<ViewOf, 'start' | 'concern' | 'all' | 'agencies'>,
) => {
  const next = neighboursOf(network)
  const here = new Set(
    network.ties.flatMap(({ a, b, said }) => (said.some((one) => one.concern === concern) ? [a, b] : [])),
  )
  return ({ key, kind }: Thing): boolean => {
    if (key === start || kind === 'concern' || kind === 'person' || kind === 'record') return true
    if (kind === 'agency') return agencies
    const ties = new Set(next.get(key)).size
    // What one person alone is called stands on that person.
    if (kind === 'name' && ties === 1) return all && network.ties.some((tie) => tie.b === key && tie.how === 'named')
    return ties > 1 || all || here.has(key)
  }
}
