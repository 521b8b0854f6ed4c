/**
 * People of one home. They share its address, its phone, a family name: comparisons that are independent between strangers
 * are one fact between them, and added up they promise what is not true. So two people are either strangers or of one home,
 * each with its own probabilities, and the chance of a pair among different people is the sum of both (a mixture, as in
 * Larsen and Rubin 2001, Iterative Automated Record Linkage Using Mixture Models). The sum of weights keeps its steps; what
 * the home takes away from them is one more.
 */
import type { Comparator } from './compare.ts'
import { inArrays, shares, type Probabilities } from './em.ts'
import type { Household, Model } from './model.ts'
import type { Patterns } from './pairs.ts'

/** Places are one fact written several times: the strongest of them counts, or if none speaks for it, the one most against. */
export const oneFact = (one: number, other: number): number =>
  one > 0 || other > 0 ? Math.max(one, other) : Math.min(one, other)

/**
 * What the chance of one home takes from a pair's weight, from the levels found: 0 or less. `shares` says how common the value
 * agreed on is where that counts, and is 0 elsewhere.
 */
export type FromHome = (found: Int32Array, shares: Float64Array) => number

export const fromHomeOf = (model: Model, comparators: readonly Comparator[], isPlace: readonly boolean[]): FromHome => {
  const { household } = model
  if (household === undefined) return () => 0
  // All levels of all comparisons in one array, and where a comparison's own begin.
  const first = new Int32Array(comparators.length)
  const steps = Float64Array.from(
    comparators.flatMap(({ name, levels, weighed }, c) => {
      if (c + 1 < first.length) first[c + 1] = first[c]! + levels.length
      const h = household.levels[name]!
      const known = model.comparisons.find((comparison) => comparison.name === name)!.levels
      // At home the rarity of a name says nothing, since they have it from each other: only strangers are measured by it.
      const u = (g: number): number => (weighed.includes(g) ? 0 : Math.log2(known[g - 1]!.u))
      return levels.map((_, g) => (g === 0 ? 0 : Math.log2(h[g - 1]!) - u(g)))
    }),
  )
  return (found, shares) => {
    let odds = household.prior
    let place = 0
    for (let c = 0; c < first.length; c++) {
      const g = found[c]!
      if (g === 0) continue
      const step = steps[first[c]! + g]! - shares[c]!
      if (isPlace[c]) place = oneFact(place, step)
      else odds += step
    }
    return -logOfSum(odds + place)
  }
}

/** log2(1 + 2^x). Far from nought it is nought or x itself, to more digits than a weight is told by. */
const logOfSum = (x: number): number => (x < -40 ? 0 : x > 40 ? x : Math.log1p(Math.exp(x * Math.LN2)) * Math.LOG2E)

/** Nothing seen is rare, not impossible. */
const least = 1e-4

/**
 * Learns what two people of one home have in common, from pairs at one address: each pair is one person, two of a home, or
 * strangers; what one person and strangers look like is known already, so that the home is what is left.
 */
export const learnHousehold = (
  patterns: Patterns,
  m: Probabilities,
  u: Probabilities,
  isPlace: readonly boolean[],
): { readonly h: Probabilities; readonly share: number } => {
  const total = patterns.reduce((sum, { count }) => sum + count, 0)
  let h: Probabilities = u.map((levels, c) => levels.map((value, g) => 0.7 * value + 0.3 * m[c]![g]!))
  let [match, home] = [0.4, 0.4]
  const { first, places, counts, levels } = inArrays(patterns, u)
  // Where nothing is known, and of the place itself, the three are equal.
  const known = (of: Probabilities): Float64Array =>
    Float64Array.from(of.flatMap((each, c) => each.map((value, g) => (g === 0 || isPlace[c] ? 1 : value))))
  const [same, apart] = [known(m), known(u)]
  const seen = new Float64Array(levels)
  for (let round = 1; ; round++) {
    const atHome = known(h)
    seen.fill(0)
    let [matches, homes] = [0, 0]
    for (let p = 0, at = 0; p < counts.length; p++, at += first.length) {
      let [one, two, none] = [match, home, 1 - match - home]
      for (let c = at; c < at + first.length; c++) {
        const place = places[c]!
        one *= same[place]!
        two *= atHome[place]!
        none *= apart[place]!
      }
      const all = one + two + none
      matches += (counts[p]! * one) / all
      homes += (counts[p]! * two) / all
      for (let c = at; c < at + first.length; c++) seen[places[c]!]! += (counts[p]! * two) / all
    }
    h = u.map((each, c) => shares([...seen.subarray(first[c], first[c]! + each.length)], least))
    const moved = Math.abs(matches / total - match) + Math.abs(homes / total - home)
    match = Math.max(1e-6, matches / total)
    home = Math.max(1e-6, Math.min(1 - 1e-6 - match, homes / total))
    if (moved < 1e-5 || round === 500) return { h, share: home }
  }
}

/** One age, or a decade, and somebody else of the home: outside it more often than within. Too few are seen to learn it. */
const agesAtHome = [0.7, 0.3]

/** The household as a model keeps it, from what was learned in a block of pairs that agree on a place. */
export const describedHome = (
  comparators: readonly Comparator[],
  { h, share }: { readonly h: Probabilities; readonly share: number },
  m: Probabilities,
  isPlace: readonly boolean[],
  { blocked, all, agree }: { readonly blocked: number; readonly all: number; readonly agree: number },
): Household => ({
  prior: Math.log2((blocked * share) / agree / all),
  levels: Object.fromEntries(
    comparators.map(({ name, apart }, c) => {
      // Where two of one home were written down, moves and slips come between the records as they do for one person.
      const levels = isPlace[c] ? m[c]! : h[c]!
      return [name, [...(apart > 0 ? agesAtHome : []), ...levels.slice(1 + apart)]]
    }),
  ),
})
