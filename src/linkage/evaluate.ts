/** How good links and clusters are where the truth is known. Used to measure, never to train. */
import { probability } from './model.ts'
import type { Edges } from './relink.ts'
import type { Table } from './table.ts'

export type Measure = { readonly precision: number; readonly recall: number; readonly f1: number }

type Files = Pick<Table, 'files' | 'linking'>

/** Pairs from a weight on, against all true pairs (of records in different files, where two are linked). */
export const measurePairs = (edges: Edges, least: number, truth: Int32Array, files: Files): Measure => {
  let [found, right] = [0, 0]
  edges.weight.forEach((weight, e) => {
    if (weight < least) return
    found++
    if (truth[edges.a[e]!] === truth[edges.b[e]!]) right++
  })
  return measure(right, found, truePairs(truth, files))
}

/** All pairs within clusters, each named for one of its records. */
export const measureClusters = (of: Int32Array, truth: Int32Array, files: Files): Measure => {
  // Each record stands for those of its cluster that have its label: the first one, found along a chain of such firsts.
  const joint = new Int32Array(of.length)
  const [last, before] = [new Int32Array(of.length).fill(-1), new Int32Array(of.length)]
  for (let record = 0; record < of.length; record++) {
    let first = last[of[record]!]!
    while (first >= 0 && truth[first] !== truth[record]) first = before[first]!
    joint[record] = first < 0 ? record : first
    if (first >= 0) continue
    before[record] = last[of[record]!]!
    last[of[record]!] = record
  }
  return measure(truePairs(joint, files), truePairs(of, files), truePairs(truth, files))
}

const measure = (right: number, found: number, all: number): Measure => {
  const precision = found === 0 ? 1 : right / found
  const recall = all === 0 ? 1 : right / all
  return { precision, recall, f1: right === 0 ? 0 : (2 * right) / (found + all) }
}

/** Pairs of records with one label; labels are numbers from 0 on. */
export const truePairs = (labels: Int32Array, { files, linking }: Files): number => {
  let most = 0
  for (let record = 0; record < labels.length; record++) if (labels[record]! > most) most = labels[record]!
  const first = new Int32Array(most + 1)
  const second = linking ? new Int32Array(most + 1) : first
  for (let record = 0; record < labels.length; record++) (files[record] === 1 ? second : first)[labels[record]!]!++
  let pairs = 0
  for (let label = 0; label <= most; label++) {
    const left = first[label]!
    pairs += linking ? left * second[label]! : (left * (left - 1)) / 2
  }
  return pairs
}

export type Calibration = {
  readonly from: number
  readonly pairs: number
  readonly expected: number
  readonly right: number
}

/** Of pairs shown as so likely, how many are true: in bands of probability. */
export const calibration = (edges: Edges, truth: Int32Array): Calibration[] => {
  const bands = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999].map((from) => ({ from, pairs: 0, expected: 0, right: 0 }))
  edges.weight.forEach((weight, e) => {
    const likely = probability(weight)
    const band = bands.findLast(({ from }) => likely >= from)!
    band.pairs++
    band.expected += likely
    if (truth[edges.a[e]!] === truth[edges.b[e]!]) band.right++
  })
  return bands.map(({ from, pairs, expected, right }) => ({
    from,
    pairs,
    expected: pairs === 0 ? 0 : expected / pairs,
    right: pairs === 0 ? 0 : right / pairs,
  }))
}
