import spec from '../../content/linkage/business.json' with { type: 'json' }
import { postcodeLevel, postcodeLevels, readPostcode, type Step } from '../linkage/index.ts'
import { bitsOf, isOfTheTrade, wordsIn, type Business } from './business.ts'

export type NameLevel = keyof typeof spec.name
export type PlaceLevel = keyof typeof spec.place

/**
 * What speaks for two being one business, in bits: where it starts, the words that their names share, and where they are.
 * Names alone never make it nearly certain: a chain has a branch in every town.
 */
export const stepsOfBusiness = (one: Business, other: Business): Step[] => {
  const name = compareNames(one.name, other.name)
  const place = comparePlaces(one, other)
  const { m, u } = place ? spec.place[place] : { m: 1, u: 1 }
  return [
    { comparison: 'prior', level: '', weight: spec.prior },
    { comparison: 'business name', ...name },
    ...(place ? [{ comparison: 'business place', level: place, weight: Math.log2(m / u) }] : []),
  ]
}

const compareNames = (one: string, other: string): { level: NameLevel; weight: number } => {
  const { shared, slipped, left, right } = paired(wordsIn(one), wordsIn(other))
  const bits = [...shared, ...slipped].reduce((sum, word) => sum + bitsOf(word), 0)
  const weighed = (level: NameLevel, told = bits) => ({ level, weight: Math.min(told, spec.most) + spec.name[level] })
  const rest = [...left, ...right]
  if (one === other) return weighed('same')
  if (rest.length === 0 && slipped.length === 0) return weighed('same words in another order, or run together')
  const [mine, theirs] = [one, other].map((name) => name.replaceAll(' ', '')) as [string, string]
  // As a whole they tell what the words of the one that tells less do.
  const whole = Math.min(...[one, other].map((name) => wordsIn(name).reduce((sum, word) => sum + bitsOf(word), 0)))
  if (mine === theirs) return weighed('same words in another order, or run together', whole)
  if (rest.length === 0 || isSlip(mine, theirs)) return weighed('a slip of the pen apart', whole)
  const distinct = [...shared, ...slipped].some((word) => !isOfTheTrade(word))
  const level = bits === 0 ? 'different' : distinct ? levelOf(left, right) : 'some words the same'
  const { weight } = weighed(level)
  return { level, weight: weight + (slipped.length > 0 ? spec.name['a slip of the pen apart'] : 0) }
}

/** Of two names that share a telling word, by what is left of either. */
const levelOf = (left: readonly string[], right: readonly string[]): NameLevel => {
  const isWithin = left.length === 0 || right.length === 0
  if ([...left, ...right].every(isOfTheTrade))
    return isWithin ? 'same but for what such businesses call themselves' : 'same name, another trade'
  return isWithin ? 'one name within the other' : 'some words the same'
}

/** The words of both that are the same, or the same but for a slip of the pen, each taken once; and what is left of either. */
const paired = (mine: readonly string[], theirs: readonly string[]) => {
  const shared = mine.filter((word) => theirs.includes(word))
  let right = theirs.filter((word) => !shared.includes(word))
  const slipped: string[] = []
  const left = mine.filter((word) => {
    if (shared.includes(word)) return false
    const like = right.find((other) => isSlip(word, other))
    if (like === undefined) return true
    right = right.filter((other) => other !== like)
    slipped.push(bitsOf(word) < bitsOf(like) ? word : like)
    return false
  })
  return { shared, slipped, left, right }
}

/** One slip in four letters or more, two in nine or more; a number is never a slip of another. */
const isSlip = (one: string, other: string): boolean => {
  const shorter = Math.min(one.length, other.length)
  const most = shorter >= 9 ? 2 : shorter >= 4 ? 1 : 0
  return !/\d/.test(one + other) && slips(one, other) <= most
}

/** Letters added, left out, exchanged for another or for the next: the optimal string alignment distance. */
const slips = (one: string, other: string): number => {
  if (Math.abs(one.length - other.length) > 2) return Infinity
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1)
    }
    ;[before, last] = [last, row]
  }
  return last[other.length]!
}

const placeLevels: Record<(typeof postcodeLevels)[number], PlaceLevel | undefined> = {
  missing: undefined,
  different: 'postcodes far apart',
  'same area': 'postcodes of one area only',
  'same district': 'postcodes of one district',
  'same sector': 'postcodes of one sector',
  same: 'same postcode',
}

/** By postcode where both have one, otherwise by the words of their addresses that are in neither name. */
const comparePlaces = (one: Business, other: Business): PlaceLevel | undefined => {
  const [mine, theirs] = [readPostcode(one.postcode), readPostcode(other.postcode)]
  if (mine !== 0 && theirs !== 0) {
    const level = postcodeLevel(mine, theirs)
    // Two that were said in half agree as far as they were said.
    const half = (mine & 0x1e00) === 0 || (theirs & 0x1e00) === 0
    return placeLevels[postcodeLevels[half ? Math.min(level, 3) : level]!]
  }
  const named = new Set([...wordsIn(one.name), ...wordsIn(other.name)])
  const [here, there] = [one, other].map(({ address }) => wordsIn(address).filter((word) => tells(word, named)))
  if (here!.length === 0 || there!.length === 0) return undefined
  return here!.some((word) => there!.includes(word))
    ? 'a word of the address the same'
    : 'no word of the address the same'
}

const anywhere = new Set(
  'street road lane avenue close drive high main flat the on in at of by near and opposite'.split(' '),
)
const tells = (word: string, named: ReadonlySet<string>): boolean =>
  word.length > 2 && !anywhere.has(word) && !named.has(word) && !/^\d/.test(word)
