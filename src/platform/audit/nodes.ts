import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { foldRight, growTree, keptEvery, type Steps, type Subtree } from './tree.ts'

/** The hashes of whole subtrees, each made of the sixteen or fewer kept ones below it. @throws {Error} when one is missing */
export const hashesOf = async (tx: Tx, partnership: string, subtrees: readonly Subtree[]): Promise<Buffer[]> => {
  const wanted = subtrees.map(({ level, position }, n) => {
    const width = 2 ** (level % keptEvery)
    return { n, level: level - (level % keptEvery), from: position * width, to: (position + 1) * width, width }
  })
  const column = (pick: (one: (typeof wanted)[number]) => number) => sql`${wanted.map(pick)}::bigint[]`
  const { rows } = await sql<{ n: number; hash: Buffer }>`
    with wanted as (
      select * from unnest(${column((w) => w.n)}, ${column((w) => w.level)}, ${column((w) => w.from)}, ${column((w) => w.to)}) w(n, level, a, b))
    select n, position, hash from wanted join event_leaf l
      on wanted.level = 0 and l.partnership_id = ${partnership} and l.position >= a and l.position < b
    union all
    select n, position, hash from wanted join event_node l
      on l.level = wanted.level and l.partnership_id = ${partnership} and l.position >= a and l.position < b
    order by n, position`.execute(tx)
  const below = wanted.map((): Buffer[] => [])
  for (const { n, hash } of rows) below[n]!.push(hash)
  return wanted.map(({ n, width }) => {
    if (below[n]!.length !== width) throw new Error('The tree of the event log has gaps: run `trellis audit verify`.')
    return rootOf(below[n]!)
  })
}

const rootOf = (nodes: readonly Buffer[]): Buffer => {
  const tree = growTree()
  for (const node of nodes) tree.append(node)
  return tree.root()
}

/** One hash for each step of a proof. */
export const hashesAlong = async (tx: Tx, partnership: string, steps: Steps): Promise<Buffer[]> => {
  const hashes = await hashesOf(tx, partnership, steps.flat())
  let next = 0
  return steps.map((step) => foldRight(hashes.slice(next, (next += step.length))))
}
