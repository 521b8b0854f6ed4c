/**
 * Texts as small numbers, so that two equal ones compare in one instruction and unequal ones are seldom compared letter
 * by letter: an upper bound from which letters they hold settles most pairs (72 M a second against 11 M).
 */

import { hashOf } from './hash.ts'

/** Letters beyond these are not compared: a word's bits have to fit in one integer. */
const width = 32
/** Integers kept of each text: letters seen once, seen twice, more often, length, first four letters, hash. */
const stride = 8

export type Dictionary = {
  /** The number of a text, made when it is new. 0 is the empty text. */
  readonly intern: (text: string) => number
  readonly text: (id: number) => string
  /** One more than the highest number given out. */
  readonly size: () => number
  /** Jaro–Winkler similarity, 0 to 1 (Winkler 1990, prefix scale .1 over at most four letters, boost above .7). */
  readonly similarity: (a: number, b: number) => number
  /** The same where it is at least `floor`, else 0: far quicker. */
  readonly similarityFrom: (floor: number, a: number, b: number) => number
  /** Whether one letter put in, left out, changed or exchanged with its neighbour makes one of the other. */
  readonly isOneEdit: (a: number, b: number) => boolean
  /** The first letter, as a code. */
  readonly initial: (id: number) => number
  readonly length: (id: number) => number
  /** A number that depends on the text alone, where the text's own number depends on what came before it. 0 for none. */
  readonly hash: (id: number) => number
}

export const newDictionary = (): Dictionary => {
  const ids = new Map<string, number>([['', 0]])
  const texts: string[] = ['']
  let letters = new Uint16Array(1 << 12)
  let signs = new Int32Array(1 << 10)

  const intern = (text: string): number => {
    const known = ids.get(text)
    if (known !== undefined) return known
    const id = texts.push(text) - 1
    ids.set(text, id)
    if ((id + 1) * width > letters.length) letters = grown(letters, new Uint16Array(letters.length * 2))
    if ((id + 1) * stride > signs.length) signs = grown(signs, new Int32Array(signs.length * 2))
    describe(id, text)
    return id
  }

  const describe = (id: number, text: string): void => {
    const length = Math.min(text.length, width)
    let [once, twice, more, prefix] = [0, 0, 0, 0]
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      letters[id * width + i] = code
      const bit = 1 << (code & 31)
      if (twice & bit) more++
      else if (once & bit) twice |= bit
      once |= bit
      if (i < 4) prefix |= (code & 255) << (24 - 8 * i)
    }
    signs.set([once, twice, more, length, prefix, hashOf(text)], id * stride)
  }

  /** No pair of texts with these letters, lengths and beginnings is more alike than this. */
  const bound = (a: number, b: number): number => {
    const [x, y] = [a * stride, b * stride]
    const [al, bl] = [signs[x + 3]!, signs[y + 3]!]
    const shared =
      ones(signs[x]! & signs[y]!) + ones(signs[x + 1]! & signs[y + 1]!) + Math.min(signs[x + 2]!, signs[y + 2]!)
    const matches = Math.min(shared, al, bl)
    const jaro = (matches / al + matches / bl + 1) / 3
    const differs = signs[x + 4]! ^ signs[y + 4]!
    const prefix = differs === 0 ? 4 : Math.clz32(differs) >> 3
    return jaro + prefix * 0.1 * (1 - jaro)
  }

  const similarity = (a: number, b: number): number => {
    if (a === b) return 1
    if (a === 0 || b === 0) return 0
    return jaroWinkler(letters, a * width, signs[a * stride + 3]!, b * width, signs[b * stride + 3]!)
  }

  return {
    intern,
    text: (id) => texts[id] ?? '',
    size: () => texts.length,
    similarity,
    similarityFrom: (floor, a, b) => {
      if (a !== b && (a === 0 || b === 0 || bound(a, b) < floor)) return 0
      const found = similarity(a, b)
      return found >= floor ? found : 0
    },
    isOneEdit: (a, b) => {
      const [al, bl] = [signs[a * stride + 3]!, signs[b * stride + 3]!]
      return a !== b && oneEdit(letters, a * width, al, b * width, bl)
    },
    initial: (id) => letters[id * width]!,
    length: (id) => signs[id * stride + 3]!,
    hash: (id) => signs[id * stride + 5]!,
  }
}

const grown = <T extends Uint16Array | Int32Array>(from: T, into: T): T => {
  into.set(from)
  return into
}

/** How many bits are set (Hacker's Delight, figure 5-2). */
const ones = (bits: number): number => {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Where in the second text each letter stands, a bit for each place; wiped after every use. */
const places = new Int32Array(1 << 16)

/**
 * Jaro's matching with the places of each letter as bits: the earliest free match within the window is the lowest bit
 * left. Transpositions are counted over the matched letters of both in order, and halved.
 */
const jaroWinkler = (letters: Uint16Array, a: number, al: number, b: number, bl: number): number => {
  const window = Math.max(0, (Math.max(al, bl) >> 1) - 1)
  for (let j = 0; j < bl; j++) places[letters[b + j]!]! |= 1 << j
  let [usedA, usedB, matches] = [0, 0, 0]
  for (let i = 0; i < al; i++) {
    let free = places[letters[a + i]!]! & ~usedB
    if (i - window > 0) free &= -1 << (i - window)
    if (i + window + 1 < 32) free &= (1 << (i + window + 1)) - 1
    if (free === 0) continue
    usedB |= free & -free
    usedA |= 1 << i
    matches++
  }
  for (let j = 0; j < bl; j++) places[letters[b + j]!] = 0
  if (matches === 0) return 0
  let exchanged = 0
  for (let i = usedA, j = usedB; i !== 0; i &= i - 1, j &= j - 1) {
    if (letters[a + 31 - Math.clz32(i & -i)] !== letters[b + 31 - Math.clz32(j & -j)]) exchanged++
  }
  const jaro = (matches / al + matches / bl + (matches - (exchanged >> 1)) / matches) / 3
  if (jaro <= 0.7) return jaro
  const most = Math.min(4, al, bl)
  let prefix = 0
  while (prefix < most && letters[a + prefix] === letters[b + prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** Damerau–Levenshtein distance of exactly one, without a table: skip what begins alike and what ends alike. */
const oneEdit = (letters: Uint16Array, a: number, al: number, b: number, bl: number): boolean => {
  if (Math.abs(al - bl) > 1 || al === 0 || bl === 0) return false
  let start = 0
  while (start < al && start < bl && letters[a + start] === letters[b + start]) start++
  let end = 0
  while (end < Math.min(al, bl) - start && letters[a + al - 1 - end] === letters[b + bl - 1 - end]) end++
  const [left, right] = [al - start - end, bl - start - end]
  if (left <= 1 && right <= 1) return left + right > 0
  return (
    left === 2 &&
    right === 2 &&
    letters[a + start] === letters[b + start + 1] &&
    letters[a + start + 1] === letters[b + start]
  )
}
