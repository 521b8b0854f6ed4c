import { createHash } from 'node:crypto'
import type { Kind, Standard } from './standard.ts'
import { weigh } from './weigh.ts'

/** From what is most likely a mistake to what may well be right. */
export const suspicionReasons = ['two nhs numbers', 'two births', 'odd one out', 'too big', 'chain'] as const
export type SuspicionReason = (typeof suspicionReasons)[number]

/** A record of something known; of one `own` are all those of one person's record, or of one entry of a list. */
export type Member = { id: string; own: string | null; standard: Standard | undefined }
export type Tie = { a: string; b: string }
/** What looks wrong, and the records that it rests on. */
export type Wrong = { reason: SuspicionReason; a: string | null; b: string | null; via: string | null }
export type Suspected = { wrong: Wrong[]; weakest: Tie | undefined; print: string }

/** More records than these are seldom of one. Many people rightly name one number, vehicle or house. */
export const mostOfOne = (kind: Kind): number => (kind === 'person' ? 12 : 40)
/** In more than these, not every record is compared with every other: it is too big anyway. */
const most_compared = 60

/** What looks wrong about records that are known as one, by rule and always in the same way; undefined when nothing does. */
export const suspected = (kind: Kind, members: readonly Member[], ties: readonly Tie[]): Suspected | undefined => {
  const wrong: Wrong[] = []
  if (members.length > mostOfOne(kind)) wrong.push({ reason: 'too big', a: null, b: null, via: null })
  wrong.push(...twoOf('two nhs numbers', members, ({ nhs }) => nhs))
  // The first of January stands for a year that nobody knows the day of.
  wrong.push(...twoOf('two births', members, ({ born }) => (whole_day.test(born) ? born : ''), isOneSlip))
  const said = members.filter(({ standard }) => standard)
  const compared = said.length <= most_compared ? compare(said) : undefined
  if (compared) wrong.push(...oddOneOut(said, compared), ...chain(members, said, ties, compared))
  if (wrong.length === 0) return undefined
  const weakest = compared && weakestOf(said, ties, compared)
  return { wrong, weakest, print: printOf(members, ties, wrong) }
}
const whole_day = /^\d{4}-(?!01-01$)\d\d-\d\d$/

/**
 * Whether one slip of the pen explains it: day and month the wrong way round, or one of day, month and year wrong. Among
 * right answers that is the rule; of dates that differ by more, most are of two people.
 */
const isOneSlip = (one: string, other: string): boolean => {
  const [a, b] = [one.split('-'), other.split('-')]
  return (a[0] === b[0] && a[1] === b[2] && a[2] === b[1]) || a.filter((part, i) => part !== b[i]).length < 2
}

/** A record that gives what most do not, beside one that gives what most do. */
const twoOf = (
  reason: SuspicionReason,
  members: readonly Member[],
  of: (person: Extract<Standard, { kind: 'person' }>) => string,
  isLike: (one: string, other: string) => boolean = () => false,
): Wrong[] => {
  const byValue = Map.groupBy(members, ({ standard }) => (standard?.kind === 'person' ? of(standard) : ''))
  byValue.delete('')
  const [usual, ...others] = [...byValue].sort(([, x], [, y]) => y.length - x.length)
  return others
    .filter(([value]) => !isLike(usual![0], value))
    .map(([, [other]]) => ({ reason, a: usual![1][0]!.id, b: other!.id, via: null }))
}

/** Less than this and what both say speaks clearly against their being one. */
const clearly = -1
/**
 * All of that together, for two to be clearly apart: 500 to one. That two would not be proposed is not enough: "Kit" and a
 * full name with a birth say too little of each other. How often it is a mistake: `npm run bench -- suspicions`.
 */
const clearly_apart = -9

type Compared = { weight: number; apart: boolean }[][]

/** Each with each, by the one way in which pairs are weighed. */
const compare = (said: readonly Member[]): Compared =>
  said.map(({ standard }) =>
    weigh(
      standard!,
      said.map((other) => other.standard!),
    ).map(({ weight, band, steps }) => {
      const against = steps().filter((step) => step.comparison !== 'prior' && step.weight < clearly)
      const together = against.reduce((sum, step) => sum + step.weight, 0)
      return { weight, apart: band === 'below' && together < clearly_apart }
    }),
  )

/** The one that is clearly apart from most of the others, where no second one is as odd. */
const oddOneOut = (said: readonly Member[], compared: Compared): Wrong[] => {
  if (said.length < 3) return []
  const strange = compared.map((row, i) => row.filter(({ apart }, j) => apart && i !== j).length)
  const most = Math.max(...strange)
  const odd = strange.indexOf(most)
  if (most * 2 <= said.length - 1 || strange.lastIndexOf(most) !== odd) return []
  return [{ reason: 'odd one out', a: said[odd]!.id, b: null, via: null }]
}

/** Of two that nobody said were one and that are clearly apart, those that are least alike, and what is between. */
const chain = (
  members: readonly Member[],
  said: readonly Member[],
  ties: readonly Tie[],
  compared: Compared,
): Wrong[] => {
  const next = neighbours(members, ties)
  let found: { a: string; b: string; weight: number } | undefined
  said.forEach(({ id: a }, i) =>
    said.slice(i + 1).forEach(({ id: b }, k) => {
      const { weight, apart } = compared[i]![i + 1 + k]!
      if (apart && !next.get(a)!.has(b) && !(found && found.weight <= weight)) found = { a, b, weight }
    }),
  )
  if (!found) return []
  const { a, b } = found
  const way = wayBetween(next, a, b)
  return [{ reason: 'chain', a, b, via: way[Math.floor(way.length / 2)] ?? null }]
}

/** What is one with each directly: by an answer, or as another record of the same person. */
const neighbours = (members: readonly Member[], ties: readonly Tie[]): Map<string, Set<string>> => {
  const next = new Map(
    members.map(({ id, own }) => [
      id,
      new Set(own ? members.filter((other) => other.own === own && other.id !== id).map((other) => other.id) : []),
    ]),
  )
  for (const { a, b } of ties) {
    next.get(a)?.add(b)
    next.get(b)?.add(a)
  }
  return next
}

/** The records between two on the shortest way. */
const wayBetween = (next: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): string[] => {
  const before = new Map<string, string>([[from, '']])
  for (const at of before.keys()) for (const one of next.get(at) ?? []) if (!before.has(one)) before.set(one, at)
  const way: string[] = []
  for (let at = before.get(to) ?? ''; at !== '' && at !== from; at = before.get(at)!) way.unshift(at)
  return way
}

/** The answer "same" for which least speaks. */
const weakestOf = (said: readonly Member[], ties: readonly Tie[], compared: Compared): Tie | undefined => {
  const number = new Map(said.map(({ id }, i) => [id, i]))
  const weightOf = ({ a, b }: Tie): number => {
    const [x, y] = [number.get(a), number.get(b)]
    return x === undefined || y === undefined ? Infinity : compared[x]![y]!.weight
  }
  return ties.reduce<Tie | undefined>((one, tie) => (one && weightOf(one) <= weightOf(tie) ? one : tie), undefined)
}

const printOf = (members: readonly Member[], ties: readonly Tie[], wrong: readonly Wrong[]): string => {
  const parts = [
    members.map(({ id }) => id).sort(),
    ties.map(({ a, b }) => `${a} ${b}`).sort(),
    [...new Set(wrong.map(({ reason }) => reason))].sort(),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
