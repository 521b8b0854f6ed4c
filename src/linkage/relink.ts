/** Comparing all blocked pairs of a table: memory goes with the records and with what is kept, not with the pairs. */
import { partOf, readPart, type Blocks } from './blocking.ts'
import type { Field, Model } from './model.ts'
import { gather } from './pairs.ts'
import { scorerOf } from './score.ts'
import type { Table } from './table.ts'

/** Pairs of records, and the weight of each. */
export type Edges = { readonly a: Int32Array; readonly b: Int32Array; readonly weight: Float32Array }

export type Progress = { readonly pairs: number }

/** What one thread does at a time: the blocks of a rule from one to before another, about so many pairs. */
export type Range = { readonly rule: number; readonly from: number; readonly to: number; readonly pairs: number }
const usual = 100_000

/** All the work there is, in the order in which one thread would do it, in pieces of about so many pairs. */
export const rangesOf = (rules: readonly Blocks[], enough = usual): Range[] =>
  rules.flatMap(({ starts }, rule) => {
    const ranges: Range[] = []
    let [from, pairs] = [0, 0]
    for (let block = 0; block + 1 < starts.length; block++) {
      const size = starts[block + 1]! - starts[block]!
      pairs += (size * (size - 1)) / 2
      if (pairs < enough && block + 2 < starts.length) continue
      ranges.push({ rule, from, to: block + 1, pairs })
      ;[from, pairs] = [block + 1, 0]
    }
    return ranges
  })

/**
 * The rules to score: a rule that asks for all that another asks for and more brings together no pair that the other does
 * not. Which pairs are found is the same, and of a hundred there are the fewer to look at.
 */
export const withoutImplied = (rules: readonly Blocks[]): Blocks[] => {
  const implies = ({ rule }: Blocks, other: Blocks): boolean => other.rule.every((part) => rule.includes(part))
  return rules.filter(
    (one, i) => !rules.some((other, j) => i !== j && implies(one, other) && (j < i || !implies(other, one))),
  )
}

/**
 * Scores the pairs of a range of blocks and gives those of at least `least`, in the same order always. A pair that an
 * earlier rule brings together is left to that rule, so that ranges scored anywhere, put together, hold each pair once.
 */
export const rangeScorer = (
  model: Model,
  table: Table,
  rules: readonly Blocks[],
  least: number,
): ((range: Range) => Edges) => {
  const scorer = scorerOf(model, table)
  const [reach, weight] = [scorer.reach(), scorer.weight]
  const { cells, width, files, linking } = table
  const made = agreement(table, rules, model.fields)
  let rows = new Int32Array(width * atOnce)
  let reached = new Int32Array(atOnce)

  return ({ rule, from, to }) => {
    const { order, starts } = rules[rule]!
    const edges = edgeList()
    for (let first = from, next = from; first < to; first = next) {
      const begin = starts[first]!
      while (next < to && (next === first || starts[next + 1]! - begin <= atOnce)) next++
      const size = starts[next]! - begin
      if (size > reached.length) [rows, reached] = [new Int32Array(size * width * 2), new Int32Array(size * 2)]
      gather(cells, width, order, begin, size, rows)
      made.begin(rule, rows, size)
      for (let block = first; block < next; block++) {
        const [start, size] = [starts[block]! - begin, starts[block + 1]! - starts[block]!]
        const isCrowd = size > few
        if (isCrowd) reach.begin(rows, start, start + size, least)
        for (let i = 0; i + 1 < size; i++) {
          const a = order[begin + start + i]!
          const many = isCrowd ? reach.from(i, reached) : size - i - 1
          for (let n = 0; n < many; n++) {
            const j = isCrowd ? reached[n]! : i + 1 + n
            const b = order[begin + start + j]!
            // Texts are dear and most pairs that come this far are an earlier rule's, so that is asked first.
            if ((linking && files[a] === files[b]) || made.isBefore(start + i, start + j)) continue
            const found = weight(rows, (start + i) * width, (start + j) * width, least)
            if (found >= least) edges.add(a, b, found)
          }
        }
      }
    }
    return edges.list()
  }
}

/** In a block of no more than these every pair is weighed: to find the few that are worth it would take longer. */
const few = 11

/** So many rows of small blocks are read at once: they lie anywhere in memory, and are fetched beside each other. */
const atOnce = 1024

/** Whether an earlier rule brings two rows together: whether they agree on all of its parts. */
const agreement = (table: Table, rules: readonly Blocks[], fields: readonly Field[]) => {
  const names = [...new Set(rules.flatMap(({ rule }) => rule))]
  const parts = names.map((part) => partOf(part, fields, table, 'number'))
  const count = parts.length
  // The parts of each rule as bits, 32 to an integer; and how many parts the rules before it name.
  const words = (count + 31) >> 5
  const needs = new Int32Array(rules.length * words)
  rules.forEach(({ rule }, r) => {
    for (const p of rule.map((part) => names.indexOf(part))) needs[r * words + (p >> 5)]! |= 1 << p
  })
  const agreed = new Int32Array(words)
  const named = Int32Array.from(rules, (_, r) => new Set(rules.slice(0, r).flatMap(({ rule }) => rule)).size)
  let values = new Int32Array(count * 1024)
  let [current, rows, size, isRead] = [0, new Int32Array(0), 0, false]
  const read = (): void => {
    if (size * count > values.length) values = new Int32Array(size * count * 2)
    for (let p = 0; p < named[current]!; p++) readPart(parts[p]!, rows, table.width, size, values, p, count)
    isRead = true
  }
  return {
    /** Goes on to other rows. What they say is read only if anything is asked of them. */
    begin: (rule: number, of: Int32Array, many: number): void => {
      ;[current, rows, size, isRead] = [rule, of as Int32Array<ArrayBuffer>, many, rule === 0]
    },
    isBefore: (i: number, j: number): boolean => {
      if (!isRead) read()
      const many = named[current]!
      for (let w = 0, p = 0, a = i * count, b = j * count; p < many; w++) {
        let bits = 0
        for (const end = Math.min(many, p + 32); p < end; p++, a++, b++)
          if (values[a] === values[b] && values[a] !== 0) bits |= 1 << p
        agreed[w] = bits
      }
      for (let r = 0, at = 0; r < current; r++) {
        let agree = true
        for (let w = 0; w < words; w++, at++) if ((agreed[w]! & needs[at]!) !== needs[at]) agree = false
        if (agree) return true
      }
      return false
    },
  }
}

/**
 * Scores the pairs of all blocks and gives back those of at least `least`, each once. Yields now and then, so that the
 * caller can say how far it is, or stop.
 */
export function* relink(
  model: Model,
  table: Table,
  rules: readonly Blocks[],
  least: number,
): Generator<Progress, Edges, undefined> {
  const score = rangeScorer(model, table, rules, least)
  const parts: Edges[] = []
  let pairs = 0
  let shown = 0
  for (const range of rangesOf(rules)) {
    parts.push(score(range))
    pairs += range.pairs
    if (pairs - shown > 4e6) yield { pairs: (shown = pairs) }
  }
  return joined(parts)
}

/** Edges one after the other, where other threads can read them. */
export const joined = (parts: readonly Edges[]): Edges => {
  const size = parts.reduce((sum, { a }) => sum + a.length, 0)
  const room = (): SharedArrayBuffer => new SharedArrayBuffer(size * 4)
  const all = { a: new Int32Array(room()), b: new Int32Array(room()), weight: new Float32Array(room()) }
  let at = 0
  for (const { a, b, weight } of parts) {
    all.a.set(a, at)
    all.b.set(b, at)
    all.weight.set(weight, at)
    at += a.length
  }
  return all
}

const edgeList = () => {
  let a = new Int32Array(256)
  let b = new Int32Array(256)
  let weight = new Float32Array(256)
  let size = 0
  const room = (): void => {
    const [a2, b2, w2] = [new Int32Array(size * 2), new Int32Array(size * 2), new Float32Array(size * 2)]
    a2.set(a)
    b2.set(b)
    w2.set(weight)
    ;[a, b, weight] = [a2, b2, w2]
  }
  return {
    add: (one: number, other: number, found: number): void => {
      if (size === a.length) room()
      a[size] = Math.min(one, other)
      b[size] = Math.max(one, other)
      weight[size++] = found
    },
    list: (): Edges => ({ a: a.slice(0, size), b: b.slice(0, size), weight: weight.slice(0, size) }),
  }
}

/** Pairs looked at to settle the prior, and how many of them lie together. */
const [looked, together] = [1e6, 10_000]

/** A part of all work that stands for the whole: of every rule each so-manieth piece, the first one with it. */
export const someOf = (rules: readonly Blocks[]): Range[] => {
  const all = rangesOf(rules, together)
  const pairs = rules.reduce((sum, rule) => sum + rule.pairs, 0)
  const step = Math.max(1, Math.ceil(pairs / looked))
  let [rule, nth] = [-1, 0]
  return all.filter((range) => {
    if (range.rule !== rule) [rule, nth] = [range.rule, 0]
    return nth++ % step === 0
  })
}

/** How many pairs of its rule each pair of a range stands for. */
export const standsFor = (rules: readonly Blocks[], some: readonly Range[]): number[] => {
  const pairsIn = (ranges: readonly Range[]): number[] =>
    ranges.reduce(
      (sums, { rule, pairs }) => sums.with(rule, sums[rule]! + pairs),
      rules.map(() => 0),
    )
  const [all, seen] = [pairsIn(rangesOf(rules, together)), pairsIn(some)]
  return some.map(({ rule }) => all[rule]! / Math.max(1, seen[rule]!))
}

/** Weights this close together are one to the prior: what that moves is far under what its rounds settle to. */
const fineness = 512
const furthest = 100

/**
 * The prior that agrees with what it finds: the expected number of matches over all pairs. Training blocks only guess at
 * it; scored pairs know better. Given are pairs of some ranges, and how many each of a range stands for. Gives the shift
 * to add to the model's prior.
 */
export const settlePrior = (parts: readonly Edges[], each: readonly number[], prior: number, pairs: number): number => {
  const counts = new Float64Array(2 * furthest * fineness + 1)
  parts.forEach(({ weight }, part) => {
    for (let e = 0; e < weight.length; e++)
      counts[Math.round((Math.max(-furthest, Math.min(furthest, weight[e]!)) + furthest) * fineness)]! += each[part]!
  })
  let shift = 0
  for (let round = 0; round < 100; round++) {
    let matches = 0
    for (let i = 0; i < counts.length; i++)
      if (counts[i] !== 0) matches += counts[i]! / (1 + 2 ** -(i / fineness - furthest + shift))
    const share = Math.min(0.5, Math.max(1, matches) / pairs)
    const next = Math.log2(share / (1 - share)) - prior
    const moved = Math.abs(next - shift)
    // Two bits either way at most: where the independence of comparisons fails, the fixed point wanders.
    shift = Math.max(-2, Math.min(2, next))
    if (moved < 1e-3) break
  }
  return shift
}
