/**
 * Clusters by average link, strongest pairs first: two groups become one only if their records are alike on the whole. A
 * chain of pairs (mother, daughter, flatmate) joins whole households; this was worth up to nine points of F1.
 */
import type { Edges } from './relink.ts'

export type Clustering = {
  /** The cluster of every record: the number of its first record. */
  readonly of: Int32Array
  /** Joins that a "not the same" or too low a mean stood against. */
  readonly refused: number
}

export type ClusterRules = {
  /** Pairs under this weight join nothing. */
  readonly link: number
  /** The mean weight over pairs across two groups from which they become one. */
  readonly floor: number
  /** The weight of any two records, also of those that no rule brought together. */
  readonly weight: (a: number, b: number) => number
  /** Decisions that two records are not the same. They hold for whole clusters, whatever the weights say. */
  readonly notSame?: readonly (readonly [number, number])[]
  /** Decisions that two records are the same: joined before anything else. One that contradicts a "not the same" is left out. */
  readonly same?: readonly (readonly [number, number])[]
}

/** From each side so many records are compared: 8 by 8 tells a mean well enough, and keeps large groups cheap. */
const sample = 8
/** One field that is wrong beyond measure must not outweigh everything: weights count within this. */
const most = 25
/** What the last digits of a sum may come to. */
const slack = 1e-6

export const cluster = (records: number, edges: Edges, rules: ClusterRules): Clustering => {
  const tied = tiedBy(records, edges, rules.link, rules.same)
  const of = byThemselves(records)
  const piece = pieceClusterer(edges, tied, of, rules)
  return { of, refused: tied.pieces.reduce((sum, each) => sum + piece(each), 0) }
}

/** Every record its own cluster, to begin with. */
export const byThemselves = (records: number): Int32Array => {
  const of = new Int32Array(new SharedArrayBuffer(records * 4))
  for (let record = 0; record < records; record++) of[record] = record
  return of
}

/** Makes the clusters of pieces, in any order and on any thread, and puts them into `of`. Gives how many joins were refused. */
export const pieceClusterer = (
  edges: Edges,
  { order, ends }: Tied,
  of: Int32Array,
  { floor, weight, notSame = [] }: Omit<ClusterRules, 'link' | 'same'>,
): ((piece: ClusterPiece) => number) => {
  const groups = newGroups(of.length, notSame)
  let refused = 0
  const join = (a: number, b: number, likeEnough: (x: number, y: number) => boolean): void => {
    const [x, y] = [groups.of(a), groups.of(b)]
    if (x === y) return
    if (groups.areApart(x, y) || !likeEnough(x, y)) refused++
    else groups.join(x, y)
  }
  const [left, right] = [new Int32Array(sample), new Int32Array(sample)]
  const onTheWhole = (x: number, y: number): boolean => {
    const [lefts, rights] = [groups.some(x, left), groups.some(y, right)]
    const pairs = lefts * rights
    if (pairs === 1) return true
    let sum = 0
    for (let i = 0, rest = pairs - 1; i < lefts; i++)
      for (let j = 0; j < rights; j++, rest--) {
        sum += Math.max(-most, Math.min(most, weight(left[i]!, right[j]!)))
        // Most are settled before the last pair, whatever it weighs.
        if (sum - most * rest >= floor * pairs + slack) return true
        if (sum + most * rest < floor * pairs - slack) return false
      }
    return sum / pairs >= floor
  }
  const { a, b } = edges
  return ({ first, last, same }) => {
    refused = 0
    const [from, to] = [first === 0 ? 0 : ends[first - 1]!, ends[last - 1]!]
    sortGroups(edges, order, ends, first, last)
    for (const [one, other] of same) join(one, other, () => true)
    for (let i = from; i < to; i++) join(a[order[i]!]!, b[order[i]!]!, onTheWhole)
    const put = (record: number): void => void (of[record] = groups.first(record))
    for (const pair of same) pair.forEach(put)
    for (let i = from; i < to; i++) {
      put(a[order[i]!]!)
      put(b[order[i]!]!)
    }
    return refused
  }
}

/**
 * The pairs of at least some weight, those of records that are tied at all one after the other: groups that nothing ties do
 * not meet, so that they may be clustered anywhere, and what is needed of their records is fetched from memory once.
 */
export type Tied = {
  readonly order: Int32Array
  /** Where in it the pairs end of the group that is called by each record. */
  readonly ends: Int32Array
  readonly pieces: readonly ClusterPiece[]
}
/** The groups called by the records from one to before another, and the decisions about their records. */
export type ClusterPiece = {
  readonly first: number
  readonly last: number
  readonly same: readonly (readonly [number, number])[]
}

/** A piece has about so many pairs. */
const together = 20_000

/** Finds what is tied at all, by pairs of at least some weight and by decisions, and cuts it into pieces. */
export const tiedBy = (
  records: number,
  { a, b, weight }: Edges,
  link: number,
  same: readonly (readonly [number, number])[] = [],
): Tied => {
  const parent = new Int32Array(records)
  for (let record = 0; record < records; record++) parent[record] = record
  const root = (record: number): number => {
    let x = record
    while (parent[x] !== x) x = parent[x] = parent[parent[x]!]!
    return x
  }
  const tie = (one: number, other: number): void => {
    const [x, y] = [root(one), root(other)]
    parent[Math.max(x, y)] = Math.min(x, y)
  }
  for (const [one, other] of same) tie(one, other)
  let size = 0
  for (let e = 0; e < weight.length; e++) {
    if (!(weight[e]! >= link)) continue
    tie(a[e]!, b[e]!)
    size++
  }
  // Parents come before their children, so that one look then finds the root.
  for (let record = 0; record < records; record++) parent[record] = parent[parent[record]!]!
  const ends = new Int32Array(new SharedArrayBuffer((records + 1) * 4))
  for (let e = 0; e < weight.length; e++) if (weight[e]! >= link) ends[parent[a[e]!]! + 1]!++
  for (let record = 0; record < records; record++) ends[record + 1]! += ends[record]!
  const order = new Int32Array(new SharedArrayBuffer(size * 4))
  // Afterwards each group's place is where it ends.
  for (let e = 0; e < weight.length; e++) if (weight[e]! >= link) order[ends[parent[a[e]!]!]!++] = e
  const decisions = same.map((pair) => ({ pair, group: parent[pair[0]]! })).sort((x, y) => x.group - y.group)
  const pieces: ClusterPiece[] = []
  for (let first = 0, last = 1, from = 0, decided = 0; first < records; last++) {
    if (ends[last - 1]! - from < together && last < records) continue
    const begin = decided
    while (decided < decisions.length && decisions[decided]!.group < last) decided++
    pieces.push({ first, last, same: decisions.slice(begin, decided).map(({ pair }) => pair) })
    ;[first, from] = [last, ends[last - 1]!]
  }
  return { order, ends, pieces }
}

/** Sorts the pairs of each group, the strongest first; equal weights in the order of their records, as in `strongestFirst`. */
const sortGroups = (
  { a, b, weight }: Edges,
  order: Int32Array,
  ends: Int32Array,
  first: number,
  last: number,
): void => {
  const isBefore = (e: number, f: number): number => weight[f]! - weight[e]! || a[e]! - a[f]! || b[e]! - b[f]!
  for (let group = first, from = first === 0 ? 0 : ends[first - 1]!; group < last; group++) {
    const to = ends[group]!
    if (to - from > few) order.subarray(from, to).sort(isBefore)
    else
      for (let i = from + 1; i < to; i++) {
        const e = order[i]!
        let at = i
        for (; at > from && isBefore(e, order[at - 1]!) < 0; at--) order[at] = order[at - 1]!
        order[at] = e
      }
    from = to
  }
}
/** So many are sorted by putting each in its place. */
const few = 24

/**
 * The pairs of at least some weight, strongest first; equal weights in the order of their records, so that the order of a
 * file does not decide. Sorted as integers, 11 bits at a time, by what decides least first: the bits of a positive float are
 * in its order, and a comparing sort takes ten times as long.
 */
export const strongestFirst = ({ a, b, weight }: Edges, link: number): Int32Array => {
  let size = 0
  for (let e = 0; e < weight.length; e++) if (weight[e]! >= link) size++
  let [from, into] = [new Int32Array(size), new Int32Array(size)]
  for (let e = 0, at = 0; e < weight.length; e++) if (weight[e]! >= link) from[at++] = e
  const bits = new Int32Array(weight.slice().buffer)
  // The other way round for negative ones; and all turned over, since the strongest go first.
  for (let e = 0; e < bits.length; e++) bits[e] = ~(bits[e]! < 0 ? ~bits[e]! : bits[e]! | (1 << 31))
  const place = new Int32Array(2049)
  for (const [keys, length] of [
    [b, lengthOf(b)],
    [a, lengthOf(a)],
    [bits, 32],
  ] as const)
    for (let shift = 0; shift < length; shift += 11) {
      place.fill(0)
      for (let i = 0; i < size; i++) place[((keys[from[i]!]! >>> shift) & 2047) + 1]!++
      for (let i = 0; i < 2048; i++) place[i + 1]! += place[i]!
      for (let i = 0; i < size; i++) into[place[(keys[from[i]!]! >>> shift) & 2047]!++] = from[i]!
      ;[from, into] = [into, from]
    }
  return from
}

/** How many bits the numbers have. */
const lengthOf = (numbers: Int32Array): number => {
  let all = 0
  for (let i = 0; i < numbers.length; i++) all |= numbers[i]!
  return 32 - Math.clz32(all)
}

const newGroups = (records: number, notSame: readonly (readonly [number, number])[]) => {
  const parent = new Int32Array(records)
  for (let record = 0; record < records; record++) parent[record] = record
  const [next, least] = [parent.slice(), parent.slice()]
  const size = new Int32Array(records).fill(1)
  const apart = new Map<number, number[]>()
  for (const [a, b] of notSame) {
    apart.set(a, [...(apart.get(a) ?? []), b])
    apart.set(b, [...(apart.get(b) ?? []), a])
  }
  const of = (record: number): number => {
    let x = record
    while (parent[x] !== x) x = parent[x] = parent[parent[x]!]!
    return x
  }
  return {
    of,
    first: (record: number): number => least[of(record)]!,
    /** Puts members of a group where there is room for them, and says how many. */
    some: (group: number, members: Int32Array): number => {
      let count = 0
      for (let x = group; count < members.length && (count === 0 || x !== group); x = next[x]!) members[count++] = x
      return count
    },
    areApart: (x: number, y: number): boolean =>
      apart.size > 0 && (apart.get(x) ?? []).some((other) => of(other) === y),
    join: (x: number, y: number): void => {
      const [into, from] = size[x]! >= size[y]! ? [x, y] : [y, x]
      parent[from] = into
      size[into]! += size[from]!
      least[into] = Math.min(least[into]!, least[from]!)
      ;[next[into], next[from]] = [next[from]!, next[into]!]
      const theirs = apart.get(from)
      if (theirs !== undefined) apart.set(into, [...(apart.get(into) ?? []), ...theirs])
    },
  }
}
