import { isSigned, macOf, readCheckpoint, type Checkpoint, type LogKeys } from './checkpoint.ts'
import { leafOf, saidBy, type EventRow } from './leaf.ts'
import { makeTimeJudge } from './times.ts'
import { growTree, leafHash } from './tree.ts'

/** A leaf as it is kept, and the event it is of, when that is still there. */
export type KeptLeaf = {
  position: number
  event: string
  hash: Buffer
  mac: Buffer
  row: EventRow | null
  salt: Buffer | null
}
export type KeptNode = { level: number; position: number; hash: Buffer }
export type KeptCheckpoint = { size: number; at: Date; note: string }
/** A checkpoint that somebody kept elsewhere, and where it was read. */
export type OutsideCheckpoint = { from: string; note: string }

export type Verdict = {
  /** What is wrong, each a sentence that names the event; nothing when all is well. */
  findings: string[]
  events: number
  checkpoints: number
  outside: number
  lastSigned?: string
  /** Not in the tree yet. */
  waiting: number
  /** Recorded openly as of another time, as the demo's are. */
  played: number
}

const most_named = 20

/**
 * Checks one partnership's log: give it every leaf in order of position, then every event without one, then ask for the
 * verdict. Reads nothing by itself, so that what is checked can come from a database or from memory.
 */
export const startCheck = (
  partnership: string,
  keys: LogKeys,
  kept: { nodes: readonly KeptNode[]; checkpoints: readonly KeptCheckpoint[]; outside: readonly OutsideCheckpoint[] },
  now: Date,
) => {
  const findings: string[] = []
  let unnamed = 0
  const find = (sentence: string): void => {
    if (findings.length < most_named) findings.push(sentence)
    else unnamed++
  }
  const inside = readKept(kept.checkpoints, partnership, keys, find)
  const outside = readOutside(kept.outside, keys, inside, find)
  const boundaries = [...inside, ...outside].sort((a, b) => a.size - b.size)
  const times = makeTimeJudge(inside, now)
  const nodes = new Map(kept.nodes.map(({ level, position, hash }) => [`${level} ${position}`, hash]))
  let wrongNodes = 0
  const tree = growTree(0, [], ({ level, position }, hash) => {
    const same = nodes.get(`${level} ${position}`)
    nodes.delete(`${level} ${position}`)
    if (!same?.equals(hash)) wrongNodes++
  })
  const strange: KeptLeaf[] = []
  let strangers = 0
  let vanished: string[] = []
  let before: KeptLeaf | undefined
  let waiting = 0
  let expected = 0
  let boundary = 0
  // Since the last root that fitted: where a change that was covered up must lie.
  let since: KeptLeaf | undefined
  let exchanged = ''
  const compareRoots = (last?: KeptLeaf): void => {
    for (let root: Buffer | undefined; boundaries[boundary]?.size === tree.size(); boundary++) {
      root ??= tree.root()
      const { root: signed, at, from } = boundaries[boundary]!
      if (root.equals(signed)) since = undefined
      else if (!exchanged)
        exchanged = `Exchanged: the checkpoint of ${at}${from} does not fit. What it covers was changed and its leaf made anew, somewhere from ${nameOf(since ?? last)} to ${nameOf(last)}.`
    }
  }
  const announceVanished = (after: string): void => {
    for (const sentence of vanished) find(`${sentence}, between ${nameOf(before)} and ${after}.`)
    vanished = []
  }
  compareRoots()

  const leaf = (one: KeptLeaf): void => {
    if (one.position > expected) {
      const many = one.position - expected
      vanished.push(`Removed: the log has nothing at position ${expected}${many > 1 ? ` to ${one.position - 1}` : ''}`)
    }
    if (one.position < expected) find(`Inserted: position ${one.position} is there twice, with ${nameOf(one)}.`)
    expected = Math.max(expected, one.position + 1)
    if (one.row) {
      if (vanished.length) announceVanished(nameOf(one))
      before = one
      if (!saysTheSame(partnership, one))
        find(`Edited: ${nameOf(one)} does not say what it said when it entered the log.`)
      else times.inTree(one.row, tree.size(), (why) => find(`Back-dated: ${nameOf(one)} ${why}.`))
    } else vanished.push(`Removed: the event ${one.event} (position ${one.position}) is gone`)
    if (!macOf(keys, one.position, one.hash).equals(one.mac)) {
      strangers++
      if (strange.length < 50) strange.push(one)
    }
    since ??= one
    tree.append(one.hash)
    compareRoots(one)
  }

  const withoutLeaf = (row: EventRow): void => {
    waiting++
    times.outsideTree(row, tree.size(), (why) => find(`Inserted: ${nameOf({ row, event: row.id })} ${why}.`))
  }

  const verdict = (): Verdict => {
    announceVanished('the end')
    for (const one of strange) {
      const place = strange.find((other) => {
        const there = macOf(keys, other.position, one.hash)
        return other !== one && (there.equals(one.mac) || there.equals(other.mac))
      })
      find(
        place
          ? `Reordered: ${nameOf(one)} belongs at position ${place.position}.`
          : `Put in, moved or exchanged: ${nameOf(one)} is not what Trellis entered at this place.`,
      )
    }
    unnamed += strangers - strange.length
    if (exchanged) find(exchanged)
    for (const { size, at, from } of boundaries.slice(boundary))
      find(
        `Cut off: the checkpoint of ${at}${from} covers ${size} events, and there are ${tree.size()}. The last one here is ${nameOf(before)}.`,
      )
    if (findings.length === 0 && (wrongNodes || nodes.size))
      find(
        `The tree's inner nodes are not those of its leaves (${wrongNodes + nodes.size} differ). The events are as they were.`,
      )
    if (unnamed) findings.push(`And ${unnamed} more.`)
    return {
      findings,
      events: tree.size(),
      checkpoints: inside.length,
      outside: outside.length,
      lastSigned: inside.at(-1)?.at,
      waiting,
      played: times.played(),
    }
  }
  return { leaf, withoutLeaf, verdict }
}

const saysTheSame = (partnership: string, { row, salt, event, hash }: KeptLeaf): boolean =>
  salt !== null && leafHash(leafOf(partnership, event, saidBy(row!), salt)).equals(hash)

const nameOf = (one?: { row: EventRow | null; event: string; position?: number }): string => {
  if (!one) return 'the beginning'
  const place = one.position === undefined ? 'not in the tree' : `position ${one.position}`
  return `the event ${one.event} (${place}${one.row ? `, ${one.row.at}, "${one.row.kind}"` : ''})`
}

type Boundary = Checkpoint & { from: string }

/** The signed checkpoints that the database keeps. One that is missing breaks the chain. */
const readKept = (
  kept: readonly KeptCheckpoint[],
  partnership: string,
  keys: LogKeys,
  find: (sentence: string) => void,
): Boundary[] => {
  const good: Boundary[] = []
  let previous = 0
  for (const { size, at, note } of kept.toSorted((a, b) => a.size - b.size)) {
    const read = readCheckpoint(note)
    if (!read || read.size !== size || Date.parse(read.at) !== at.getTime() || read.partnership !== partnership)
      find(`Edited: the checkpoint that the database keeps for ${size} events does not say that.`)
    else if (!isSigned(keys, read))
      find(`The checkpoint of ${read.at} was not signed with the key in this key file, or was altered since.`)
    else {
      if (read.previous !== previous)
        find(
          `Removed: the database no longer keeps the checkpoint for ${read.previous} events, which came before that of ${read.at}.`,
        )
      good.push({ ...read, from: '' })
    }
    previous = size
  }
  return good
}

const readOutside = (
  given: readonly OutsideCheckpoint[],
  keys: LogKeys,
  inside: readonly Boundary[],
  find: (sentence: string) => void,
): Boundary[] => {
  const good: Boundary[] = []
  for (const { from, note } of given) {
    const read = readCheckpoint(note)
    if (!read || !isSigned(keys, read)) {
      find(`${from} was not signed with the key in this key file, or was altered since.`)
      continue
    }
    if (!inside.some(({ size, root, at }) => size === read.size && at === read.at && root.equals(read.root)))
      find(
        `Removed: the database no longer keeps the checkpoint of ${read.at} for ${read.size} events, which is in ${from}.`,
      )
    good.push({ ...read, from: ` in ${from}` })
  }
  return good
}
