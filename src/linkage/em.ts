/**
 * Expectation–maximisation for m (Dempster, Laird and Rubin 1977; for linkage Winkler 1988, Jaro 1989). Comparisons are
 * taken as independent within matches and within non-matches.
 */
import type { Patterns } from './pairs.ts'

/** Probabilities by comparison and level. Level 0, missing, has none and stays 0. */
export type Probabilities = readonly (readonly number[])[]

export type Learned = {
  readonly m: Probabilities
  readonly u: Probabilities
  /** The share of the patterns' pairs that are matches. */
  readonly matches: number
  readonly rounds: number
}

/** Nothing seen is rare, not impossible. */
const leastM = 1e-5
const leastU = 1e-7

/** Learning that has not settled by then is left as it is, and said so. */
export const mostRounds = 500

/**
 * Learns m from the pairs of a training block. The comparisons that the block already agrees on are left out (`use`).
 * With `freeU` the block has a u of its own, which is thrown away afterwards: strangers who share a given name also share
 * a sex, so that u from random pairs would call them all matches.
 */
export const learn = (patterns: Patterns, u: Probabilities, use: readonly boolean[], freeU: boolean): Learned => {
  let m: Probabilities = u.map((levels) => startOf(levels.length))
  let own: Probabilities = u.map((levels) => [...levels])
  let share = 0.2
  const total = patterns.reduce((sum, { count }) => sum + count, 0)
  const { first, places, counts, levels: all } = inArrays(patterns, u)
  const [same, other, weights] = [new Float64Array(all), new Float64Array(all), new Float64Array(all)]
  for (let round = 1; ; round++) {
    same.fill(0)
    other.fill(0)
    let matches = 0
    m.forEach((levels, c) =>
      levels.forEach((value, g) => (weights[first[c]! + g] = use[c] && g !== 0 ? Math.log(value / own[c]![g]!) : 0)),
    )
    const prior = Math.log(share / (1 - share))
    for (let p = 0, at = 0; p < counts.length; p++, at += first.length) {
      let odds = prior
      for (let c = at; c < at + first.length; c++) odds += weights[places[c]!]!
      const match = counts[p]! / (1 + Math.exp(-odds))
      matches += match
      for (let c = at; c < at + first.length; c++) {
        same[places[c]!]! += match
        other[places[c]!]! += counts[p]! - match
      }
    }
    const apart = (of: Float64Array): number[][] =>
      u.map((levels, c) => [...of.subarray(first[c], first[c]! + levels.length)])
    const next = apart(same).map((of) => shares(of, leastM))
    const moved = Math.max(Math.abs(matches / total - share), distance(m, next))
    m = next
    if (freeU) own = apart(other).map((of) => shares(of, leastU))
    share = Math.min(1 - 1e-6, Math.max(1e-6, matches / total))
    if (moved < 1e-5 || round === mostRounds) return { m, u: own, matches: share, rounds: round }
  }
}

/**
 * Patterns as numbers, since rounds are many: all levels of all comparisons in one row, where in it a comparison's begin, and
 * for each pattern the places of its levels.
 */
export const inArrays = (patterns: Patterns, u: Probabilities) => {
  const first: number[] = []
  let levels = 0
  for (const { length } of u) {
    first.push(levels)
    levels += length
  }
  return {
    first,
    levels,
    places: Int32Array.from(patterns.flatMap((pattern) => pattern.levels.map((g, c) => first[c]! + g))),
    counts: Float64Array.from(patterns, ({ count }) => count),
  }
}

/** To begin with, nine matches in ten agree. */
const startOf = (levels: number): number[] =>
  Array.from({ length: levels }, (_, g) => (g === 0 ? 0 : g === levels - 1 ? 0.9 : 0.1 / Math.max(1, levels - 2)))

/** Counts by level as shares of what is not missing. */
export const shares = (counts: readonly number[], least: number): number[] => {
  const known = counts.reduce((sum, count, g) => (g === 0 ? sum : sum + count), 0)
  return counts.map((count, g) =>
    g === 0 ? 0 : known === 0 ? 1 / (counts.length - 1) : Math.max(least, count / known),
  )
}

const distance = (one: Probabilities, other: Probabilities): number =>
  Math.max(...one.flatMap((levels, c) => levels.map((value, g) => Math.abs(value - other[c]![g]!))))

/** Whether closer levels never weigh less. */
export const isMonotone = (m: readonly number[], u: readonly number[]): boolean =>
  m.every((_, g) => g < 2 || m[g]! / u[g]! >= (m[g - 1]! / u[g - 1]!) * (1 - 1e-9))

/**
 * m changed as little as makes closer levels weigh no less: neighbours out of order share one weight (pool adjacent
 * violators, Ayer and others 1955). Sums over the pool are kept.
 */
export const monotone = (m: readonly number[], u: readonly number[]): number[] => {
  const pools: { m: number; u: number; levels: number }[] = []
  for (let g = 1; g < m.length; g++) {
    pools.push({ m: m[g]!, u: u[g]!, levels: 1 })
    while (pools.length > 1 && pools.at(-2)!.m / pools.at(-2)!.u > pools.at(-1)!.m / pools.at(-1)!.u) {
      const last = pools.pop()!
      const before = pools.at(-1)!
      pools[pools.length - 1] = { m: before.m + last.m, u: before.u + last.u, levels: before.levels + last.levels }
    }
  }
  const weights = pools.flatMap((pool) => Array.from({ length: pool.levels }, () => pool.m / pool.u))
  return m.map((_, g) => (g === 0 ? 0 : weights[g - 1]! * u[g]!))
}
