import { macOf, signCheckpoint, type LogKeys } from '../src/platform/audit/checkpoint.ts'
import { startCheck, type KeptCheckpoint, type KeptLeaf, type KeptNode } from '../src/platform/audit/check-log.ts'
import { leafOf, saidBy, type EventRow } from '../src/platform/audit/leaf.ts'
import { growTree, leafHash } from '../src/platform/audit/tree.ts'

export type Event = { row: EventRow; salt: Buffer }
/** One log as the tables hold it, in memory: what a superuser could change at will. */
export type Log = { leaves: KeptLeaf[]; waiting: EventRow[]; nodes: KeptNode[]; checkpoints: KeptCheckpoint[] }

/** Numbers that look random and are the same for the same seed (mulberry32). */
export const dice =
  (seed: number) =>
  (below: number): number => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }

/** Makes a log of events, signed at some of its sizes, the way the server does. */
export const makeLog = (
  partnership: string,
  keys: LogKeys,
  events: readonly Event[],
  sizes: readonly number[],
): Log => {
  const log: Log = { leaves: [], waiting: [], nodes: [], checkpoints: [] }
  const tree = growTree(0, [], (node, hash) => log.nodes.push({ ...node, hash }))
  let previous = 0
  for (const [position, { row, salt }] of events.entries()) {
    const hash = leafHash(leafOf(partnership, row.id, saidBy(row), salt))
    log.leaves.push({ position, event: row.id, hash, mac: macOf(keys, position, hash), row, salt })
    tree.append(hash)
    if (!sizes.includes(tree.size())) continue
    const recorded = Date.parse(String(row['recorded_at'])) || 0
    const at = new Date(recorded + 1000)
    const complete = { time: new Date(recorded).toISOString(), seq: row.seq }
    const note = signCheckpoint(keys, {
      size: tree.size(),
      root: tree.root(),
      at: at.toISOString(),
      previous,
      complete,
    })
    log.checkpoints.push({ size: (previous = tree.size()), at, note })
  }
  return log
}

export const check = (partnership: string, keys: LogKeys, log: Log, outside: string[], now: Date) => {
  const given = outside.map((note) => ({ from: 'kept', note }))
  const one = startCheck(partnership, keys, { ...log, outside: given }, now)
  for (const leaf of log.leaves.toSorted((a, b) => a.position - b.position)) one.leaf(leaf)
  for (const row of log.waiting) one.withoutLeaf(row)
  return one.verdict()
}

type Deed = (log: Log, roll: (below: number) => number, again: (events: Event[]) => Log) => void
const some = <T>(list: readonly T[], roll: (below: number) => number): T => list[roll(list.length)]!
const moveUp = (log: Log): void => log.leaves.forEach((leaf, i) => (leaf.position = i))
const eventsOf = (log: Log): Event[] => log.leaves.map(({ row, salt }) => ({ row: row!, salt: salt! }))
/** Without the key the leaf can be made anew, but not its mark. */
const coverUp = (leaf: KeptLeaf, partnership: string): void => {
  leaf.hash = leafHash(leafOf(partnership, leaf.event, saidBy(leaf.row!), leaf.salt!))
}
const edit = (leaf: KeptLeaf, roll: (below: number) => number): void => {
  const column = some(
    Object.keys(leaf.row!).filter((name) => name !== 'id' && name !== 'salt'),
    roll,
  )
  const old = leaf.row![column]
  leaf.row = {
    ...leaf.row!,
    [column]: typeof old === 'number' ? old + 1 + roll(5) : old === null ? 'x' : `${String(old)}.`,
  }
}

/** Each changes the log in a way that only a checkpoint kept elsewhere, a mark or a hash can tell. */
export const deeds: Record<string, Deed> = {
  'an edit': (log, roll) => edit(some(log.leaves, roll), roll),
  'an edit whose leaf was made anew': (log, roll) => {
    const leaf = some(log.leaves, roll)
    edit(leaf, roll)
    coverUp(leaf, String(leaf.row!['partnership_id']))
  },
  'another salt': (log, roll) => {
    const leaf = some(log.leaves, roll)
    leaf.salt = Buffer.from(leaf.salt!.map((byte, i) => (i === 3 ? byte ^ 1 : byte)))
  },
  'a removed event': (log, roll) => {
    some(log.leaves, roll).row = null
  },
  'a removed event and leaf': (log, roll) => {
    log.leaves.splice(roll(log.leaves.length), 1)
  },
  'a removed event and leaf, the rest moved up': (log, roll) => {
    log.leaves.splice(roll(log.leaves.length), 1)
    moveUp(log)
  },
  'an inserted event': (log, roll) => {
    const { row } = some(log.leaves.slice(0, Math.ceil(log.leaves.length / 2)), roll)
    log.waiting.push({ ...row!, id: 'f'.repeat(36), seq: row!.seq })
  },
  'an inserted event with a leaf': (log, roll) => {
    const at = roll(log.leaves.length)
    const twin = log.leaves[at]!
    log.leaves.splice(at, 0, { ...twin, row: { ...twin.row!, kind: 'put in' } })
    moveUp(log)
  },
  'two events that changed places': (log, roll) => {
    const a = roll(log.leaves.length - 1)
    const b = a + 1 + roll(log.leaves.length - a - 1)
    const [one, other] = [log.leaves[a]!, log.leaves[b]!]
    ;[log.leaves[a], log.leaves[b]] = [
      { ...other, position: a },
      { ...one, position: b },
    ]
  },
  'two events that changed their numbers': (log, roll) => {
    const [one, other] = [log.leaves[0]!, some(log.leaves.slice(1), roll)]
    const { seq } = one.row!
    one.row = { ...one.row!, seq: other.row!.seq }
    other.row = { ...other.row!, seq }
  },
  'a cut off end': (log, roll) => {
    log.leaves.splice(roll(log.leaves.length))
  },
  'a cut off end with its checkpoints': (log, roll) => {
    const left = roll(log.leaves.length)
    log.leaves.splice(left)
    log.checkpoints = log.checkpoints.filter(({ size }) => size <= left)
  },
  'a removed checkpoint': (log, roll) => {
    log.checkpoints.splice(roll(log.checkpoints.length), 1)
  },
  'a whole log made anew by the server, with one event less': (log, roll, again) => {
    const events = eventsOf(log)
    events.splice(roll(events.length), 1)
    Object.assign(log, again(events))
  },
  'a whole log made anew by the server, with one event edited': (log, roll, again) => {
    edit(some(log.leaves, roll), roll)
    Object.assign(log, again(eventsOf(log)))
  },
}
