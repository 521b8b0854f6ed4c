import { hash } from 'node:crypto'

// The Merkle tree of RFC 9162, section 2.1 (https://www.rfc-editor.org/rfc/rfc9162#section-2.1), with SHA-256.
// Counts and positions are numbers, not bits: `>>` would cut them at 2^31.

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

/** What a tree without any leaf has for a root. */
export const emptyRoot = sha256(Buffer.alloc(0))

export const leafHash = (leaf: string): Buffer => {
  const bytes = Buffer.allocUnsafe(1 + Buffer.byteLength(leaf))
  bytes[0] = 0
  bytes.write(leaf, 1)
  return sha256(bytes)
}

const pair = Buffer.alloc(65, 1)
export const nodeHash = (left: Buffer, right: Buffer): Buffer => {
  left.copy(pair, 1)
  right.copy(pair, 33)
  return sha256(pair)
}

/** The node at `position` of its level, over 2^level leaves. */
export type Subtree = { level: number; position: number }
/** Levels at which nodes are kept: over 16 leaves, over 16 of those, and so on. */
export const keptEvery = 4
export const isKept = (level: number): boolean => level > 0 && level % keptEvery === 0

/**
 * A tree that takes one leaf after another and holds only the right edge.
 * @param edge the roots of `edgeOf(size)`, to go on from there
 * @param onNode hears of every node at a kept level, once it is whole
 */
export const growTree = (
  size = 0,
  edge: readonly Buffer[] = [],
  onNode: (node: Subtree, hash: Buffer) => void = () => {},
) => {
  const waiting: (Buffer | undefined)[] = []
  edgeOf(size).forEach(({ level }, i) => (waiting[level] = edge[i]))
  return {
    size: () => size,
    append: (leaf: Buffer): void => {
      let node = leaf
      let level = 0
      let position = size++
      while (position % 2 === 1) {
        node = nodeHash(waiting[level]!, node)
        waiting[level++] = undefined
        position = (position - 1) / 2
        if (isKept(level)) onNode({ level, position }, node)
      }
      waiting[level] = node
    },
    root: (): Buffer => foldRight(waiting.filter((node) => node !== undefined).reverse()),
  }
}

/** The whole subtrees that a tree of `size` leaves is made of, from left to right; `from` is where they begin. */
const wholeIn = (from: number, size: number): Subtree[] => {
  const found: Subtree[] = []
  for (let level = Math.floor(Math.log2(Math.max(size, 1))) + 1; level >= 0; level--) {
    const width = 2 ** level
    if (size < width) continue
    found.push({ level, position: from / width })
    from += width
    size -= width
  }
  return found
}
export const edgeOf = (size: number): Subtree[] => wholeIn(0, size)

/** The root over neighbouring whole subtrees, given from left to right. */
export const foldRight = (nodes: readonly Buffer[]): Buffer =>
  nodes.length === 0 ? emptyRoot : nodes.reduceRight((right, left) => nodeHash(left, right))

/** Each step of a proof is one hash; these are the whole subtrees to fold for it. */
export type Steps = Subtree[][]

/** RFC 9162, 2.1.3.1: what is needed beside the leaf at `index` to come to the root of `size` leaves. */
export const inclusionSteps = (index: number, size: number): Steps => {
  const path = (m: number, from: number, n: number): Steps => {
    if (n === 1) return []
    const k = splitOf(n)
    return m < k ? [...path(m, from, k), wholeIn(from + k, n - k)] : [...path(m - k, from + k, n - k), wholeIn(from, k)]
  }
  return path(index, 0, size)
}

/** RFC 9162, 2.1.4.1: what shows that the first `old` of `size` leaves are the same as when there were only those. */
export const consistencySteps = (old: number, size: number): Steps => {
  const path = (m: number, from: number, n: number, known: boolean): Steps => {
    if (m === n) return known ? [] : [wholeIn(from, n)]
    const k = splitOf(n)
    return m <= k
      ? [...path(m, from, k, known), wholeIn(from + k, n - k)]
      : [...path(m - k, from + k, n - k, false), wholeIn(from, k)]
  }
  return path(old, 0, size, true)
}

/** The largest power of two that is smaller than `n`. */
const splitOf = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
