/** Parameters from the records themselves, without labels: u from pairs at random, m from EM in training blocks. */
import { comparatorsOf, comparisonsOf, type Comparator } from './compare.ts'
import { blocksOf } from './blocking.ts'
import { describedHome, learnHousehold } from './household.ts'
import { isMonotone, learn, monotone, mostRounds, shares, type Learned, type Probabilities } from './em.ts'
import { usualThresholds, type BlockingRule, type Comparison, type Field, type Household, type Model } from './model.ts'
import { blockedPairs, patternsOf, randomPairs, type Patterns } from './pairs.ts'
import { trainingRules, type TrainingRule } from './rules.ts'
import { placesAmong } from './score.ts'
import type { Table } from './table.ts'

export type Effort = {
  /** Pairs taken at random for u. */
  readonly random: number
  /** Pairs taken from each training block for m. */
  readonly training: number
}
export const usualEffort: Effort = { random: 2e6, training: 1.5e6 }

type Training = {
  readonly comparison: string
  readonly pairs: number
  readonly learned: Learned
  readonly free: boolean
}

/** Pairs to look at: random ones, or of the rules given those of the one that has the fewest, if more than `least`. */
export type Sample = { readonly rules: 'random' | readonly BlockingRule[]; readonly least: number }
/** Which rule it was, how many pairs it has, and what some of them look like. */
export type Sampled = { readonly rule: number; readonly pairs: number; readonly patterns: Patterns }

/** Looks at samples of a table, each for itself: any thread may do it. */
export const samplerOf = (
  fields: readonly Field[],
  table: Table,
  seed = 1,
  effort: Effort = usualEffort,
): ((sample: Sample) => Sampled | undefined) => {
  const comparators = comparatorsOf(fields, comparisonsOf(fields), table)
  return ({ rules, least }) => {
    if (rules === 'random')
      return { rule: -1, pairs: 0, patterns: patternsOf(comparators, table, randomPairs(table, effort.random, seed)) }
    const [fewest] = rules
      .map((rule, i) => ({ i, blocks: blocksOf(rule, fields, table) }))
      .filter(({ blocks }) => blocks.pairs > least)
      .sort((one, other) => one.blocks.pairs - other.blocks.pairs)
    if (fewest === undefined) return undefined
    const { i, blocks } = fewest
    const patterns = patternsOf(comparators, table, blockedPairs(blocks, effort.training, seed))
    return { rule: i, pairs: blocks.pairs, patterns }
  }
}

/**
 * Estimates a model for records of these fields. Deterministic for a seed. Where too few records agree on anything to
 * learn from, m is the usual nine in ten, and the model's notes say so.
 */
export const estimate = (
  fields: readonly Field[],
  blocking: readonly BlockingRule[],
  table: Table,
  seed = 1,
  effort: Effort = usualEffort,
): Model => {
  const sampled = samplerOf(fields, table, seed, effort)
  const run = estimation(fields, blocking, table, seed)
  let step = run.next()
  while (!step.done) step = run.next(step.value.map(sampled))
  return step.value
}

/** The same, with the samples asked of the caller, who may have them looked at by several threads. */
export function* estimation(
  fields: readonly Field[],
  blocking: readonly BlockingRule[],
  table: Table,
  seed = 1,
): Generator<readonly Sample[], Model, readonly (Sampled | undefined)[]> {
  const comparisons = comparisonsOf(fields)
  const comparators = comparatorsOf(fields, comparisons, table)
  const { personal, others } = trainingRules(comparators, fields)
  const places = placesAmong(comparators, fields)
  const homes = comparators.flatMap(({ fields: [field] }, c) => (places[c] ? [{ c, rule: [field!] }] : []))
  const forTraining = ({ rule }: TrainingRule): Sample => ({ rules: [rule], least: 30 })
  const [drawnAtRandom, atHome, ...ofPersonal] = yield [
    { rules: 'random', least: 0 },
    // Among people of one home, at the place that is closest to a front door.
    { rules: homes.map(({ rule }) => rule), least: 300 },
    ...personal.map(forTraining),
  ]
  const enough = ofPersonal.filter((sampled) => sampled !== undefined).length >= 2
  // The others are sorted only where they are needed: a large file takes its time.
  const ofOthers = enough ? [] : yield others.map(forTraining)

  const random = countsOf(comparators, drawnAtRandom!.patterns)
  const drawn = Math.max(1, ...random.map((counts) => counts.reduce((sum, count) => sum + count, 0)))
  const u = random.map((counts) => shares(counts, 0.5 / drawn))

  // A postcode and an address agree together: told as two facts, EM would find addresses and not people. The second is
  // learned beside the others, without a say in which pairs match.
  const isSaidTwice = (c: number): boolean => places[c]! && places.indexOf(true) < c
  const sampled = [...ofPersonal, ...ofOthers]
  const learnedFrom = [...personal, ...others]
    .flatMap(({ comparison }, i) => (sampled[i] ? [{ comparison, ...sampled[i] }] : []))
    .sort((one, other) => one.pairs - other.pairs)
    .slice(0, 5)
    .map(({ comparison, pairs, patterns }): Training => {
      const use = comparators.map(({ name }, c) => name !== comparison && !isSaidTwice(c))
      return { comparison, pairs, ...better(patterns, u, use, comparators) }
    })
  // Where hardly any of a block's pairs are matches learning finds something else and never settles. Others know better.
  const settled = learnedFrom.filter(({ learned }) => learned.rounds < mostRounds)
  const trainings = settled.length > 0 ? settled : learnedFrom
  const m = comparators.map((comparator, c) => averaged(comparator, c, trainings))
  const share = shareOfMatches(comparators, m, trainings, pairsOf(table))
  const seen = u.map((levels, c) => withoutMatches(levels, m[c]!, share, 0.5 / drawn))
  const clean = seen.map((levels, c) => withAges(levels, comparators[c]!, [0.9, 0.1]))
  const ordered = m.map((levels, c) => {
    const { apart } = comparators[c]!
    return withAges(monotone(inOrder(levels, apart), inOrder(seen[c]!, apart)), comparators[c]!, [0.1, 0.9])
  })
  const home = atHome && homeOf(comparators, homes[atHome.rule]!.c, atHome, places, ordered, clean, pairsOf(table))
  const mended = comparators
    .filter(({ apart }, c) => !isMonotone(inOrder(m[c]!, apart), inOrder(clean[c]!, apart)))
    .map(({ name }) => name)
  return {
    format: 'trellis-linkage/1',
    fields,
    comparisons: comparators.map((comparator, c) => described(comparator, ordered[c]!, clean[c]!)),
    blocking,
    prior: Math.log2(share / (1 - share)),
    thresholds: usualThresholds,
    ...(home && { household: home.household }),
    notes: [
      `Estimated without labels from ${table.size} records, seed ${seed}; u from ${drawn} random pairs.`,
      ...learnedFrom.map(
        ({ comparison, pairs, learned, free }) =>
          `m learned where ${comparison} agrees: ${pairs} pairs, ${(100 * learned.matches).toFixed(1)}% of them matches, ` +
          `u ${free ? 'free in the block' : 'as in random pairs'}, ${learned.rounds} rounds.`,
      ),
      ...learnedFrom
        .filter(({ learned }) => learned.rounds === mostRounds)
        .map(
          ({ comparison }) =>
            `Not settled where ${comparison} agrees: too few of those pairs are matches, so ` +
            (settled.length > 0
              ? 'what was learned there is left out.'
              : 'the links may be wrong. Look at what each agreement is worth, and compare more columns or use a model learned elsewhere.'),
        ),
      ...(home ? [home.note] : []),
      ...(trainings.length === 0 ? ['Too few pairs agree on anything to learn m from: usual values were taken.'] : []),
      ...mended.map((name) => `Levels of ${name} out of order were given one weight.`),
    ],
  }
}

/** What is learned at a place; nothing where too few share a home. */
const homeOf = (
  comparators: readonly Comparator[],
  c: number,
  { pairs, patterns }: Sampled,
  places: readonly boolean[],
  m: Probabilities,
  u: Probabilities,
  all: number,
): { readonly household: Household; readonly note: string } | undefined => {
  const learned = learnHousehold(patterns, m, u, places)
  if (learned.share < 0.002) return undefined
  const agree = Math.max(0.05, m[c]!.at(-1)!)
  return {
    household: describedHome(comparators, learned, m, places, { blocked: pairs, all, agree }),
    note:
      `Of ${pairs} pairs of one ${comparators[c]!.name}, ${(100 * learned.share).toFixed(1)}% are taken for two ` +
      'people of one home, whose agreements weigh less than those of strangers.',
  }
}

/** How many pairs there are at all. */
export const pairsOf = ({ size, files, linking }: Table): number => {
  if (!linking) return (size * (size - 1)) / 2
  const second = files.reduce((sum, file) => sum + file, 0)
  return second * (size - second)
}

const countsOf = (comparators: readonly Comparator[], patterns: ReturnType<typeof patternsOf>): number[][] => {
  const counts = comparators.map(({ levels }) => levels.map(() => 0))
  for (const { levels, count } of patterns) levels.forEach((level, c) => (counts[c]![level]! += count))
  return counts
}

/** The levels that closeness orders, with the missing one. */
const inOrder = (levels: readonly number[], apart: number): number[] => [0, ...levels.slice(1 + apart)]

/**
 * Ages are too seldom written down to be learned from, so they have what people get right: nine in ten of those who know
 * somebody. How many others are of such an age is counted (`share`).
 */
const withAges = (levels: readonly number[], { apart, levels: all }: Comparator, ages: readonly number[]): number[] =>
  apart === 0 ? [...levels] : [0, ...ages, ...levels.slice(levels.length - all.length + 1 + apart)]

/**
 * Both ways are run. u free in the block fits it best, as strangers who share a name also share a sex; with u of random pairs
 * nearly all of a large block's pairs can pass for matches, and in good order too. So that one is taken only where the other has
 * gone astray: where more of its m than rare levels make by chance stands out of order.
 */
const better = (
  patterns: ReturnType<typeof patternsOf>,
  u: Probabilities,
  use: readonly boolean[],
  comparators: readonly Comparator[],
): { learned: Learned; free: boolean } => {
  const disorder = ({ m }: Learned): number =>
    m.reduce((sum, levels, c) => {
      const { apart } = comparators[c]!
      const [own, random] = [inOrder(levels, apart), inOrder(u[c]!, apart)]
      return use[c] ? sum + distance(own, monotone(own, random)) : sum
    }, 0)
  const free = learn(patterns, u, use, true)
  const fixed = learn(patterns, u, use, false)
  return disorder(free) <= disorder(fixed) + astray ? { learned: free, free: true } : { learned: fixed, free: false }
}
/** So much of the m of all comparisons together. */
const astray = 0.1

/** How much of one would have to move to make it the other. */
const distance = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, g) => sum + Math.abs(value - other[g]!), 0) / 2

/** m of a comparison from all blocks that do not agree on it, each weighed by the matches it saw. */
const averaged = ({ levels, name }: Comparator, c: number, trainings: readonly Training[]): number[] => {
  const from = trainings.filter(({ comparison }) => comparison !== name)
  if (from.length === 0)
    return levels.map((_, g) => (g === 0 ? 0 : g === levels.length - 1 ? 0.9 : 0.1 / (levels.length - 2)))
  const all = from.reduce((sum, each) => sum + weightIn(each), 0)
  return levels.map((_, g) => from.reduce((sum, each) => sum + (weightIn(each) / all) * each.learned.m[c]![g]!, 0))
}

const weightIn = ({ pairs, learned }: Training): number => Math.sqrt(pairs * learned.matches) + 1e-9

/**
 * The share of matches among all pairs: those found in a block, over the share of matches that agree on what it blocks
 * on, which the other blocks taught. The middle of what the blocks say, so that one gone astray does not decide.
 */
const shareOfMatches = (
  comparators: readonly Comparator[],
  m: Probabilities,
  trainings: readonly Training[],
  pairs: number,
): number => {
  if (trainings.length === 0) return 1 / Math.max(2, Math.sqrt(2 * pairs))
  const told = trainings
    .map(({ comparison, pairs: blocked, learned }) => {
      const c = comparators.findIndex(({ name }) => name === comparison)
      return (blocked * learned.matches) / Math.max(0.05, m[c]!.at(-1)!) / pairs
    })
    .sort((a, b) => a - b)
  return Math.min(0.5, Math.max(1 / pairs, told[Math.floor((told.length - 1) / 2)]!))
}

/** Random pairs hold a few matches, which in a small file are most of those that agree on a number: they are taken out. */
const withoutMatches = (u: readonly number[], m: readonly number[], share: number, least: number): number[] =>
  u.map((value, g) => (g === 0 ? 0 : Math.max(least, value / 50, (value - share * m[g]!) / (1 - share))))

const described = ({ name, fields, levels }: Comparator, m: readonly number[], u: readonly number[]): Comparison => ({
  name,
  fields,
  levels: levels.slice(1).map((level, g) => ({ name: level, m: m[g + 1]!, u: u[g + 1]! })),
})
