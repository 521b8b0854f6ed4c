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

export const cluster = (records: number, edges: Edges, rules: ClusterRules): Clustering => {
  const { link, floor, weight, notSame = [], same = [] } = rules
  const groups = newGroups(records, notSame)
  let refused = 0
  const join = (a: number, b: number, likeEnough: (x: number, y: number) => boolean): void => {
    const [x, y] = [groups.of(a), groups.of(b)]
    if (x === y) return
    if (groups.areApart(x, y) || !likeEnough(x, y)) refused++
    else groups.join(x, y)
  }
  const onTheWhole = (x: number, y: number): boolean => {
    const [left, right] = [groups.some(x, sample), groups.some(y, sample)]
    if (left.length === 1 && right.length === 1) return true
    const sum = left.reduce((all, a) => right.reduce((each, b) => each + within(weight(a, b)), all), 0)
    return sum / (left.length * right.length) >= floor
  }
  for (const [a, b] of same) join(a, b, () => true)
  for (const e of strongestFirst(edges, link)) join(edges.a[e]!, edges.b[e]!, onTheWhole)
  return { of: Int32Array.from({ length: records }, (_, record) => groups.first(record)), refused }
}

const within = (weight: number): number => Math.max(-most, Math.min(most, weight))

/** Equal weights in the order of their records, so that the order of a file does not decide. */
const strongestFirst = ({ a, b, weight }: Edges, link: number): Int32Array =>
  Int32Array.from(weight.keys())
    .filter((e) => weight[e]! >= link)
    .sort((x, y) => weight[y]! - weight[x]! || a[x]! - a[y]! || b[x]! - b[y]!)

/** Disjoint sets whose members can be listed (each set is a ring), and which know what they must stay apart from. */
const newGroups = (records: number, notSame: readonly (readonly [number, number])[]) => {
  const parent = Int32Array.from({ length: records }, (_, i) => i)
  const next = Int32Array.from({ length: records }, (_, i) => i)
  const least = Int32Array.from({ length: records }, (_, i) => i)
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
    some: (group: number, count: number): number[] => {
      const members = [group]
      for (let x = next[group]!; x !== group && members.length < count; x = next[x]!) members.push(x)
      return members
    },
    areApart: (x: number, y: number): boolean => (apart.get(x) ?? []).some((other) => of(other) === y),
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
