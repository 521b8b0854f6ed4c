// What engine and proxy are both given, and how runs are started and shown.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { usualEffort, type BlockingRule, type Effort } from '../src/linkage/index.ts'
import linkEnvironment from '../scripts/link-environment.json' with { type: 'json' }

/** Rules of which none brings many together: what the engine would choose by itself in a large file. */
const small: readonly BlockingRule[] = [
  ['family', 'date_of_birth'],
  ['given', 'date_of_birth'],
  ['given', 'postcode'],
  ['family', 'postcode'],
  ['phone'],
  ['date_of_birth', 'postcode:district'],
  ['given:prefix2', 'family:prefix3', 'date_of_birth:year'],
  ['given:prefix3', 'family:prefix4', 'postcode:area'],
]

/**
 * The blocking rules of the comparison. With the date by itself they make the pairs of the design's goal, some twenty
 * million in a million records. The engine's budget would leave that rule out and the proxy has none, so that here the
 * engine is given one that bears it.
 */
export const rulesOf = { small, many: [...small, ['date_of_birth']] } as const
export type Which = keyof typeof rulesOf

/**
 * From how many pairs both learn: `usual` as the engine does by itself, `all` as the design's figures were made, u from ten
 * million pairs at random and m from all that agree on a name or a birth.
 */
export const efforts = { usual: usualEffort, all: { random: 1e7, training: Infinity } } as const satisfies Record<
  string,
  Effort
>
export type HowMuch = keyof typeof efforts

export type RunFigures = {
  readonly seconds: number
  /** Seconds of a processor. */
  readonly processor: number
  /** The most memory it held at any moment. */
  readonly megabytes: number
  readonly records: number
  readonly pairs: number
  /** Seconds of each phase, by the clock and of a processor. Where others share the machine, only the second means anything. */
  readonly phases: Readonly<Record<string, number>>
  readonly processors: Readonly<Record<string, number>>
  /** Of clusters, against the truth. */
  readonly f1: number
}

/** Runs a bundle beside this one in a process of its own. */
export const runAlone = (name: 'relink' | 'proxy-run', ...args: string[]): RunFigures => {
  const file = path.resolve('.cache/bench', `${name}.js`)
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e8,
    // As `trellis link` is started.
    env: { ...linkEnvironment, ...process.env },
  })
  const last = stdout.trim().split('\n').at(-1)!
  if (status !== 0 || !last.startsWith('{')) throw new Error(`${name} did not end well: ${stderr || stdout}`)
  return JSON.parse(last) as RunFigures
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const shown = ({ seconds, processor, megabytes, pairs, phases, processors, f1 }: RunFigures): string =>
  `${seconds.toFixed(1)} s (processors ${processor.toFixed(1)} s, ${Math.round(megabytes)} MB), ${pairs} pairs, clusters F1 ${f1.toFixed(3)}: ` +
  Object.entries(phases)
    .map(([name, seconds]) => `${name} ${seconds.toFixed(1)} (${processors[name]!.toFixed(1)})`)
    .join(', ')

/** Seconds of a processor that this process has taken so far, on all its threads. */
export const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
