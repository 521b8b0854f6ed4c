import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../root.ts'
import { canonical } from './leaf.ts'
import { consistencySteps, edgeOf, foldRight, growTree, inclusionSteps, leafHash, type Subtree } from './tree.ts'

const verifier = path.join(projectRoot, 'verifier/trellis-verify.mjs')
const vectors = JSON.parse(fs.readFileSync(path.join(projectRoot, 'verifier/vectors.json'), 'utf8')) as {
  leaves?: string[]
  roots?: string[]
}[]

test('the tree has the roots that others published for their leaves', () => {
  const { leaves, roots } = vectors.find((one) => one.leaves) as { leaves: string[]; roots: string[] }
  const tree = growTree()
  expect(tree.root().toString('hex')).toBe(roots[0])
  for (const [i, leaf] of leaves.entries()) {
    tree.append(leafHash(Buffer.from(leaf, 'hex').toString()))
    expect(tree.root().toString('hex')).toBe(roots[i + 1])
  }
})

test('every proof of every tree up to 34 leaves, and of some larger ones, convinces the separate verifier, and no other leaf does', () => {
  const leaves = Array.from({ length: 600 }, (_, i) => leafHash(`leaf ${i}`))
  const roots = [growTree().root()]
  const tree = growTree()
  for (const leaf of leaves) {
    tree.append(leaf)
    roots.push(tree.root())
  }
  const hashOf = ({ level, position }: Subtree): Buffer => {
    const part = growTree()
    for (const leaf of leaves.slice(position * 2 ** level, (position + 1) * 2 ** level)) part.append(leaf)
    return part.root()
  }
  const hashes = (steps: Subtree[][]) => steps.map((step) => foldRight(step.map(hashOf)).toString('base64'))
  const made: object[] = []
  const prove = (index: number, size: number): void => {
    const root = roots[size]!.toString('base64')
    const proof = hashes(inclusionSteps(index, size))
    const leafHash = leaves[index]!.toString('base64')
    made.push({ leafIdx: index, treeSize: size, root, leafHash, proof, wantErr: false })
    made.push({
      leafIdx: index,
      treeSize: size,
      root,
      leafHash: leaves[size]!.toString('base64'),
      proof,
      wantErr: true,
    })
  }
  const compare = (old: number, size: number): void => {
    const [root1, root2] = [roots[old]!.toString('base64'), roots[size]!.toString('base64')]
    const proof = hashes(consistencySteps(old, size))
    made.push({ size1: old, size2: size, root1, root2, proof, wantErr: false })
    if (old !== size) made.push({ size1: old, size2: size, root1: root2, root2: root1, proof, wantErr: true })
  }
  for (const size of [...Array.from({ length: 34 }, (_, i) => i + 1), 255, 256, 257, 599])
    for (let i = 0; i < size; i += size > 34 ? 37 : 1) {
      prove(i, size)
      compare(i + 1, size)
    }
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'trellis-proofs-')), 'made.json')
  fs.writeFileSync(file, JSON.stringify(made))
  const said = execFileSync(process.execPath, [verifier, 'vectors', file], { encoding: 'utf8' })
  expect(said).toBe(`${made.length} vectors came out as they say.\n`)
  expect(made.length).toBeGreaterThan(2000)
  fs.rmSync(path.dirname(file), { recursive: true })
})

test('a tree goes on from its right edge as if it had never stopped', () => {
  const leaves = Array.from({ length: 700 }, (_, i) => leafHash(`${i}`))
  for (const stop of [0, 1, 255, 256, 257, 300, 512, 699]) {
    const whole = growTree()
    for (const leaf of leaves) whole.append(leaf)
    const edge = edgeOf(stop).map(({ level, position }) => {
      const part = growTree()
      for (const leaf of leaves.slice(position * 2 ** level, (position + 1) * 2 ** level)) part.append(leaf)
      return part.root()
    })
    const nodes: Subtree[] = []
    const later = growTree(stop, edge, (node) => nodes.push(node))
    for (const leaf of leaves.slice(stop)) later.append(leaf)
    expect(later.root()).toEqual(whole.root())
    const expected = (level: number) => Math.floor(700 / 2 ** level) - Math.floor(stop / 2 ** level)
    for (const level of [4, 8]) expect(nodes.filter((node) => node.level === level)).toHaveLength(expected(level))
  }
})

test('JSON has one form: members in the order of their code units, and nothing between them', () => {
  expect(canonical({ peach: 'This', péché: 'is', pêche: 1e21, sin: [null, { b: true, a: '\u20ac' }] })).toBe(
    '{"peach":"This","péché":"is","pêche":1e+21,"sin":[null,{"a":"€","b":true}]}',
  )
  // The example of RFC 8785, section 3.2.3.
  const sorted = { '\u20ac': 0, '\r': 0, '\ufb33': 0, '1': 0, '\ud83d\ude00': 0, '\u0080': 0, '\u00f6': 0 }
  expect(Object.keys(JSON.parse(canonical(sorted)) as object)).toEqual([
    '1',
    '\r',
    '\u0080',
    '\u00f6',
    '\u20ac',
    '\ud83d\ude00',
    '\ufb33',
  ])
})
